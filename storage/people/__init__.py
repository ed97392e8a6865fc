"""Who people are, what they agreed to, and what becomes of what is kept of them."""

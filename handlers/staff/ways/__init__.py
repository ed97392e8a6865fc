"""Ways that cost money: what they cost, and what officers do for them."""

"""Job postings as sources tell them, and what residents want of them."""

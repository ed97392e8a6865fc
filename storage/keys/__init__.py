"""Keys, and what nobody may read without them."""

"""Who somebody is: what they agreed to, what we need to know of them, and whether they may take a seat."""

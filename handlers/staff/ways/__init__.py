"""Ways out that officers look after: what is approved for them, what leaves by hand, and what they cost."""

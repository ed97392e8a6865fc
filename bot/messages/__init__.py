"""Messages on their way: in, answered once, and out."""

"""Who came to which class."""

"""What is told to many, and the ways on which it goes."""

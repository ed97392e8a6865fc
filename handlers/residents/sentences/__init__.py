"""What is said in sentences: what it leads to, and what answers it."""

"""What is pushed: to whom, when, under which key, and what became of it."""

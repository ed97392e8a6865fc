"""What residents say of their classes: that they are there, or can't come, and what it comes to."""

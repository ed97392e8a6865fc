"""What the clock runs, and whether it still does."""

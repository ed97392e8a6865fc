"""Real databases for tests: made, lent from one to the next, emptied, counted and copied."""

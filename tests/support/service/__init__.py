"""The real process, and a town of residents before it."""

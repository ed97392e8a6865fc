"""The clock as tests turn it, and whom it finds."""

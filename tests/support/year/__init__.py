"""A year as officers report it."""

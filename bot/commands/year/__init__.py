"""The year for officers: what is entered of it, and what is reported."""

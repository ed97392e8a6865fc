"""The columns of a year's sheets, and how each of their cells is read."""

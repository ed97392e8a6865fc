"""Courses in a sheet: what it says, beside what is known, what is asked about it, and taking it in."""

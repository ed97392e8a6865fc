"""Attendance, whoever enters it: what counts, what waits for an officer, and what it comes to."""

"""Counselors, who holds which of their hours, and who wants to be called."""

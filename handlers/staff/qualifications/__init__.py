"""Qualifications that people acquired after a course, as officers enter and count them."""

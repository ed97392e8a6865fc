"""Certificates of a course, and qualifications of its people."""

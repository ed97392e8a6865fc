"""Attendance of a course as a sheet: rows are people, columns classes; written out, filled in, and brought back."""

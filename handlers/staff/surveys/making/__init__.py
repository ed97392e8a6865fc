"""Surveys that officers make and edit on a screen, by the same columns as in a file."""

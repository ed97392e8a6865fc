"""Surveys that officers write, open and close, and what was answered."""

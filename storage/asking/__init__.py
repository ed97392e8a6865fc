"""Surveys, the rounds in which they are asked, and what was answered."""

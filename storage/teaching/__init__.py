"""Courses and their sessions, what changed of them, and what residents wish for or wait for."""

"""Writes what officers are told: as lines, as books, pages and pictures."""

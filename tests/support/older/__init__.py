"""Older people at their phones: they tap twice, and ask, look elsewhere and sleep in between."""

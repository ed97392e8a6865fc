"""Signing in to the console: passwords, codes, cookies and the pages around them."""

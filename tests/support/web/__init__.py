"""Browsers with and without scripts, and the pages that they see."""

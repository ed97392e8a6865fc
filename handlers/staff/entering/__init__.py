"""Entering answers that came on paper or through another form."""

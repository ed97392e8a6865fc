"""Commands of the year: what is entered of it, its figures and its papers."""

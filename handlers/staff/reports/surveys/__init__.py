"""Results of surveys as lines, book, page and picture."""

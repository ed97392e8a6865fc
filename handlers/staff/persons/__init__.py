"""Who the people behind the records are."""

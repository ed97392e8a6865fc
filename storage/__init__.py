"""What we remember: plain functions of a transaction, for SQLite and PostgreSQL alike."""

"""What is kept beside the database: the key, copies, and who was erased."""

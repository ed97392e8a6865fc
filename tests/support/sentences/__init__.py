"""What people say, in sentences and whole conversations."""

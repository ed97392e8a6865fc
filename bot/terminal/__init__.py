"""What commands are made of: what is typed and read, what is written, and what goes wrong in a terminal."""

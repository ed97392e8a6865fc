"""What goes out by itself: what is owed, what did not arrive, and a rehearsal of days to come."""

"""Who gets a free seat: offers to the line, draws and selections; for residents, the clock and staff alike."""

"""Long walks through the real service with a real browser, to be looked at: `make walk`."""

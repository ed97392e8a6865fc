"""Days, times of day and years, as people say them and as they read them."""

"""Job postings that officers bring in and look at."""

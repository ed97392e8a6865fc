"""Where an officer works: who and when, what is named, and what is told back or declined."""

"""Days and hours: holidays, quiet hours, and when a course meets."""

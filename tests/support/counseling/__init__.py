"""The job centre, and who completed a course."""

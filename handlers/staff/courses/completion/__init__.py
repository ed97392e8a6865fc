"""Who completed a course: proposed by attendance, looked at, and confirmed by a person."""

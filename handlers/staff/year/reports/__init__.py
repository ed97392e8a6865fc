"""The report on a half-year: its parts, its charts, and as officers are told it."""

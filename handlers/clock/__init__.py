"""What is owed when time passes: one module a capability. Importing this package registers every kind of notice."""

from handlers.clock import changes, corrections, followups, jobs, news, reminders, results, seats, surveys, talks

__all__ = ["changes", "corrections", "followups", "jobs", "news", "reminders", "results", "seats", "surveys", "talks"]

"""What is owed when time passes: one module a capability. Importing this package registers every kind of notice."""

from handlers.clock import changes, news, reminders, results, seats, surveys

__all__ = ["changes", "news", "reminders", "results", "seats", "surveys"]

"""What residents may ask for: one module a capability. Importing this package registers them all."""

from handlers.residents import consents, courses, draws, enrollments, mine, reminders, surveys, topics, welcome

__all__ = ["consents", "courses", "draws", "enrollments", "mine", "reminders", "surveys", "topics", "welcome"]

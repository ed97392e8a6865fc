"""What residents may ask for: one module a capability. Importing this package registers them all."""

from handlers.residents import consents, courses, enrollments, mine, welcome

__all__ = ["consents", "courses", "enrollments", "mine", "welcome"]

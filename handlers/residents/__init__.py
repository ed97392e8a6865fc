"""What residents may ask for: one module a capability. Importing this package registers them all."""

from handlers.residents import (
    consents,
    courses,
    draws,
    enrollments,
    job_digest,
    jobs,
    mine,
    reminders,
    surveys,
    topics,
    welcome,
)

__all__ = [
    "consents",
    "courses",
    "draws",
    "enrollments",
    "job_digest",
    "jobs",
    "mine",
    "reminders",
    "surveys",
    "topics",
    "welcome",
]

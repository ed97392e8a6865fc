"""What residents may ask for: one module a capability. Importing this package registers them all."""

from handlers.residents import (
    consents,
    counseling,
    courses,
    draws,
    enrollments,
    followups,
    instructors,
    job_digest,
    jobs,
    mine,
    reminders,
    surveys,
    talks,
    topics,
    welcome,
)

__all__ = [
    "consents",
    "counseling",
    "courses",
    "draws",
    "enrollments",
    "followups",
    "instructors",
    "job_digest",
    "jobs",
    "mine",
    "reminders",
    "surveys",
    "talks",
    "topics",
    "welcome",
]

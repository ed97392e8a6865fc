"""What residents may ask for: one module a capability. Importing this package registers them all."""

from handlers.residents import (
    appointments,
    consents,
    counseling,
    courses,
    draws,
    enrollments,
    followups,
    giving_back,
    instructors,
    job_digest,
    jobs,
    mine,
    reminders,
    surveys,
    topics,
    welcome,
)

__all__ = [
    "appointments",
    "consents",
    "counseling",
    "courses",
    "draws",
    "enrollments",
    "followups",
    "giving_back",
    "instructors",
    "job_digest",
    "jobs",
    "mine",
    "reminders",
    "surveys",
    "topics",
    "welcome",
]

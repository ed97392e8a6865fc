"""What is owed when time passes: one module a capability. Importing this package registers every kind of notice."""

from handlers.clock import (
    appointments,
    awaited,
    changes,
    chats,
    corrections,
    followups,
    jobs,
    news,
    reminders,
    results,
    seats,
    surveys,
    wished,
)

__all__ = [
    "appointments",
    "awaited",
    "changes",
    "chats",
    "corrections",
    "followups",
    "jobs",
    "news",
    "reminders",
    "results",
    "seats",
    "surveys",
    "wished",
]

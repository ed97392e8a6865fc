"""What is owed when time passes: one module a capability. Importing this package registers every kind of notice."""

from handlers.clock import (
    announced,
    appointments,
    attendance,
    chats,
    followups,
    no_shows,
    reminders,
    results,
    seats,
    surveys,
    teaching,
    told,
)
from handlers.clock.changed import changes, corrections
from handlers.clock.wanted import awaited, jobs, news, wished

__all__ = [
    "announced",
    "appointments",
    "attendance",
    "awaited",
    "changes",
    "chats",
    "corrections",
    "followups",
    "jobs",
    "news",
    "no_shows",
    "reminders",
    "results",
    "seats",
    "surveys",
    "teaching",
    "told",
    "wished",
]

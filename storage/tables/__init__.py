"""Every table, in one MetaData."""

from storage.tables.base import UtcDateTime, metadata
from storage.tables.courses import courses, draws, enrollments, session_changes, sessions
from storage.tables.jobs import feed_runs, posting_payloads, postings
from storage.tables.messages import drafts, inbox, outbox
from storage.tables.people import addresses, consents, interests, mutes, residents

__all__ = [
    "UtcDateTime",
    "addresses",
    "consents",
    "courses",
    "drafts",
    "draws",
    "enrollments",
    "feed_runs",
    "inbox",
    "interests",
    "metadata",
    "mutes",
    "outbox",
    "posting_payloads",
    "postings",
    "residents",
    "session_changes",
    "sessions",
]

"""Every table, in one MetaData."""

from storage.tables.base import UtcDateTime, metadata, seals
from storage.tables.counseling import (
    counseling_days,
    counseling_hours,
    counselors,
    followups,
    instructor_candidates,
    talks,
)
from storage.tables.courses import courses, draws, enrollments, session_changes, sessions
from storage.tables.messages import drafts, inbox, outbox
from storage.tables.people import addresses, consents, interests, mutes, residents
from storage.tables.surveys import (
    survey_answers,
    survey_entries,
    survey_pending,
    survey_receipts,
    survey_rounds,
    survey_signed_answers,
    survey_turnout,
    surveys,
)

__all__ = [
    "UtcDateTime",
    "addresses",
    "consents",
    "counseling_days",
    "counseling_hours",
    "counselors",
    "courses",
    "drafts",
    "draws",
    "enrollments",
    "followups",
    "inbox",
    "instructor_candidates",
    "interests",
    "metadata",
    "mutes",
    "outbox",
    "residents",
    "seals",
    "session_changes",
    "sessions",
    "survey_answers",
    "survey_entries",
    "survey_pending",
    "survey_receipts",
    "survey_rounds",
    "survey_signed_answers",
    "survey_turnout",
    "surveys",
    "talks",
]

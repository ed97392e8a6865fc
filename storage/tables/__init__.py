"""Every table, in one MetaData."""

from storage.tables.base import Listed, UtcDateTime, metadata, pulse, seals
from storage.tables.counseling import (
    appointments,
    counseling_days,
    counseling_hours,
    counselors,
    followups,
    instructor_candidates,
)
from storage.tables.courses import course_changes, courses, draws, enrollments, session_changes, sessions
from storage.tables.jobs import feed_runs, posting_payloads, postings
from storage.tables.journal import journal, journal_subjects
from storage.tables.messages import drafts, inbox, outbox
from storage.tables.people import addresses, consents, erasures, interests, kept_completions, mutes, residents
from storage.tables.questions import common_questions
from storage.tables.surveys import (
    kiosks,
    survey_answers,
    survey_entries,
    survey_lots,
    survey_pending,
    survey_receipts,
    survey_rounds,
    survey_signed_answers,
    survey_slips,
    survey_turnout,
    surveys,
)
from storage.tables.wishes import (
    awaited_courses,
    course_wishes,
    dismissed_postings,
    job_fields,
    job_wishes,
    missed_phrases,
    saved_postings,
)

__all__ = [
    "Listed",
    "UtcDateTime",
    "addresses",
    "appointments",
    "awaited_courses",
    "common_questions",
    "consents",
    "counseling_days",
    "counseling_hours",
    "counselors",
    "course_changes",
    "course_wishes",
    "courses",
    "dismissed_postings",
    "drafts",
    "draws",
    "enrollments",
    "erasures",
    "feed_runs",
    "followups",
    "inbox",
    "instructor_candidates",
    "interests",
    "job_fields",
    "job_wishes",
    "journal",
    "journal_subjects",
    "kept_completions",
    "kiosks",
    "metadata",
    "missed_phrases",
    "mutes",
    "outbox",
    "posting_payloads",
    "postings",
    "pulse",
    "residents",
    "saved_postings",
    "seals",
    "session_changes",
    "sessions",
    "survey_answers",
    "survey_entries",
    "survey_lots",
    "survey_pending",
    "survey_receipts",
    "survey_rounds",
    "survey_signed_answers",
    "survey_slips",
    "survey_turnout",
    "surveys",
]

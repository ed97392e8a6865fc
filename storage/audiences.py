"""Who is owed a notice: for each occasion the residents whom it concerns, as rows for the outbox.

Each of these selects `outbox.PLANNED` and takes as parameters what every occasion has (`kind`, `occasion`, `spoken_of`,
`at_rank`, `due`, `until`) and what its own docstring names.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    or_,
    select,
)

from storage.database import Transaction, there_is
from storage.job_wishes import IS_NEW
from storage.rounds import ATTENDED
from storage.tables import (
    UtcDateTime,
    consents,
    courses,
    enrollments,
    interests,
    job_fields,
    job_wishes,
    mutes,
    postings,
    residents,
    sessions,
    survey_receipts,
    talks,
)


def _owing(resident_id: ColumnElement[int], *numbers: ColumnElement[int], about: Any = None) -> Select[Any]:
    """One row for each combination of `numbers`, which end the key."""
    kind = bindparam("kind", type_=Text)
    key = kind + "/" + bindparam("occasion", type_=Text)
    for number in numbers:
        key = key + "/" + cast(number, Text)
    columns: tuple[ColumnElement[Any], ...] = (
        key.label("key"),
        kind.label("kind"),
        bindparam("at_rank", type_=Integer).label("rank"),
        resident_id.label("resident_id"),
        (bindparam("spoken_of", type_=BigInteger) if about is None else about).label("about"),
        bindparam("due", type_=UtcDateTime).label("due_at"),
        bindparam("until", type_=UtcDateTime).label("expires_at"),
    )
    return select(*columns)


def _living(*states: str) -> tuple[ColumnElement[bool], ...]:
    """Written out, as IN can't be used in a statement that is executed for many occasions."""
    return or_(*(enrollments.c.state == state for state in states)), enrollments.c.ended_at.is_(None)


def _of_course(*states: str) -> Select[Any]:
    found = _owing(enrollments.c.resident_id, enrollments.c.id)
    return found.where(enrollments.c.course_id == bindparam("course_id"), *_living(*states))


HOLDING = _of_course("confirmed", "offered")
"""Who has a seat in the course `course_id` or is offered one."""

WAITING = _of_course("waiting")
"""Who waits for a seat in the course `course_id`."""

INVOLVED = _of_course("confirmed", "offered", "waiting", "applied")
"""Everybody whose enrollment in the course `course_id` lives."""

ENROLLED = _owing(enrollments.c.resident_id, enrollments.c.id).where(
    enrollments.c.id == bindparam("enrollment_id"), enrollments.c.state == bindparam("in_state")
)
"""The resident of the enrollment `enrollment_id` while it is `in_state`."""

_mutes = there_is(mutes, mutes.c.resident_id == enrollments.c.resident_id, mutes.c.kind == bindparam("kind"))
ATTENDING = (
    _owing(enrollments.c.resident_id, sessions.c.id, enrollments.c.id, about=sessions.c.id)
    .join_from(sessions, courses, courses.c.id == sessions.c.course_id)
    .join(enrollments, enrollments.c.course_id == sessions.c.course_id)
    .where(sessions.c.starts_at == bindparam("starts_at", type_=UtcDateTime), courses.c.state == "published")
    .where(*_living("confirmed"), ~_mutes)
)
"""Who attends a class that begins at `starts_at`, and hasn't switched this kind off; each class is spoken of."""

ATTENDING_FIRST = ATTENDING.where(sessions.c.number == 1)
"""The same for the first class of a course."""

# --- talks ---

_is_live = talks.c.ended_at.is_(None)
TALKING = _owing(talks.c.resident_id, talks.c.id, about=talks.c.id).where(
    talks.c.starts_at == bindparam("starts_at", type_=UtcDateTime), _is_live
)
"""Who has a talk that begins at `starts_at`; each talk is spoken of."""

BOOKED = _owing(talks.c.resident_id, talks.c.id).where(talks.c.id == bindparam("talk_id"))
"""The resident of the talk `talk_id`."""

# --- surveys ---

_no_receipt = ~there_is(
    survey_receipts,
    survey_receipts.c.round_id == bindparam("round_id", type_=BigInteger),
    survey_receipts.c.resident_id == residents.c.id,
)
_attended = there_is(
    enrollments,
    enrollments.c.course_id == bindparam("course_id"),
    enrollments.c.resident_id == residents.c.id,
    or_(*(enrollments.c.state == state for state in ATTENDED)),
)
ATTENDEES = _owing(residents.c.id, residents.c.id).where(_attended, _no_receipt)
"""Who attended the course `course_id` and has not answered the round `round_id` of a survey."""

# --- news ---

DAYPARTS = {"day": "time:day", "evening": "time:outside", "weekend": "time:outside"}
"""The topic under which residents choose a part of the day."""

_agrees = (
    select(consents.c.given & (consents.c.version == bindparam("version", type_=Text)))
    .where(consents.c.resident_id == residents.c.id, consents.c.purpose == "news")
    .order_by(consents.c.id.desc())
    .limit(1)
    .correlate(residents)
    .scalar_subquery()
)


def _between(moment: ColumnElement[Any], first: str, last: str) -> ColumnElement[bool]:
    since, until = bindparam(first, type_=UtcDateTime), bindparam(last, type_=UtcDateTime)
    return (moment >= since) & (moment < until)


IS_NEWS = (courses.c.state == "published") & or_(
    _between(courses.c.apply_start, "soon", "after_soon"),
    _between(courses.c.apply_start, "today", "tomorrow"),
    _between(courses.c.apply_end, "today", "tomorrow"),
)
"""Whether a course opens `soon` or `today`, or closes `today`; each of these days ends where `after_…` begins."""


def _chose(topic: ColumnElement[Any]) -> ColumnElement[bool]:
    return there_is(interests, interests.c.resident_id == residents.c.id, interests.c.topic == topic)


def _chose_some(is_time: bool) -> ColumnElement[bool]:
    is_of_time = interests.c.topic.like("time:%")
    return there_is(interests, interests.c.resident_id == residents.c.id, is_of_time if is_time else ~is_of_time)


_time = courses.c.daypart  # day, evening or weekend
_fits_time = or_(
    ~_chose_some(True),
    (_time == "day") & _chose(bindparam(None, "time:day", unique=True)),
    (_time != "day") & _chose(bindparam(None, "time:outside", unique=True)),
)
_fits_category = or_(~_chose_some(False), _chose("category:" + courses.c.category))
_completed, _related = enrollments.alias(), courses.alias()
_completed_related = there_is(
    _completed.join(_related, _related.c.id == _completed.c.course_id),
    _completed.c.resident_id == residents.c.id,
    _completed.c.state == "completed",
    _related.c.category == courses.c.category,
)
FITS = or_(_fits_time & _fits_category, _completed_related)
"""Whether a course fits what a resident chose, or what she completed; who chose nothing wants to hear of all."""

_chose_nothing = ~there_is(interests, interests.c.resident_id == residents.c.id)
NEWS_READERS = _owing(residents.c.id, residents.c.id).where(
    residents.c.id >= bindparam("first"),
    residents.c.id < bindparam("end"),
    _agrees,
    or_(_chose_nothing, there_is(courses, IS_NEWS, FITS)),
)
"""Residents from id `first` up to `end` who agreed to news (to this `version` of the text) and whom some of it fits."""


AGREED = _owing(residents.c.id, residents.c.id).where(
    residents.c.id >= bindparam("first"), residents.c.id < bindparam("end"), _agrees, _no_receipt
)
"""Residents from id `first` up to `end` who agreed to news and have not answered the round `round_id` of a survey."""

_agrees_to_jobs = (
    select(consents.c.given & (consents.c.version == bindparam("version", type_=Text)))
    .where(consents.c.resident_id == residents.c.id, consents.c.purpose == "jobs")
    .order_by(consents.c.id.desc())
    .limit(1)
    .correlate(residents)
    .scalar_subquery()
)
_has_new_jobs = there_is(
    job_fields,
    job_fields.c.resident_id == residents.c.id,
    there_is(postings, postings.c.category == job_fields.c.category, IS_NEW),
)
JOB_SEEKERS = _owing(residents.c.id, residents.c.id).where(
    residents.c.id >= bindparam("first"),
    residents.c.id < bindparam("end"),
    there_is(job_wishes, job_wishes.c.resident_id == residents.c.id, job_wishes.c.rhythm == bindparam("rhythm")),
    _agrees_to_jobs,
    _has_new_jobs,
)
"""Residents from id `first` up to `end` who agreed to job postings and want them in this `rhythm`, if some are new for
them: see `job_wishes.IS_NEW`."""


def news(tx: Transaction, days: Mapping[str, datetime], resident_id: int | None = None) -> list[int]:
    """Ids of the courses that are news on these days, soonest to close first; for a resident those that fit her."""
    found = select(courses.c.id).where(IS_NEWS).order_by(courses.c.apply_end, courses.c.id)
    if resident_id is not None:
        found = found.where(there_is(residents, residents.c.id == resident_id, FITS))
    return list(tx.execute(found, days).scalars())

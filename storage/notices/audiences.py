"""Whom a notice concerns: each of these functions gives the residents of one occasion, without looking for them yet.

Behind each is one statement that is prepared once. It selects rows for the outbox and takes as parameters what every
occasion has (see `planning.Planned`) and what its function is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, Text, bindparam, cast, or_, select

from storage.database import there_is
from storage.jobs.wishes import IS_NEW
from storage.states import ATTENDED, HOLDING, EnrollmentState
from storage.tables import (
    UtcDateTime,
    appointments,
    awaited_courses,
    consents,
    course_wishes,
    courses,
    enrollments,
    job_fields,
    job_wishes,
    mutes,
    postings,
    residents,
    sessions,
    survey_receipts,
)
from storage.teaching.courses import TAKES_PLACE
from storage.teaching.news import CHOSE_NOTHING, FITS, IS_NEWS, Days
from storage.teaching.wishes import NOT_TOLD


@dataclass(frozen=True, eq=False)
class Audience:
    """A statement, and the values that it is asked with for one occasion."""

    statement: Select[Any]
    values: Mapping[str, Any]


def _owing(resident_id: ColumnElement[int], *numbers: ColumnElement[Any], about: Any = None) -> Select[Any]:
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


# --- courses and their classes ---


def _living(*states: EnrollmentState) -> tuple[ColumnElement[bool], ...]:
    """Written out, as IN can't be used in a statement that is executed for many occasions."""
    return or_(*(enrollments.c.state == state for state in states)), enrollments.c.ended_at.is_(None)


def _of_course(*states: EnrollmentState) -> Select[Any]:
    found = _owing(enrollments.c.resident_id, enrollments.c.id)
    return found.where(enrollments.c.course_id == bindparam("course_id"), *_living(*states))


_checked = enrollments.c.unchecked_since.is_(None)
_HOLDING = _of_course(*HOLDING)
_WAITING = _of_course("waiting").where(_checked)
_INVOLVED = _of_course(*HOLDING, "waiting", "applied")
_ENROLLED = _owing(enrollments.c.resident_id, enrollments.c.id).where(
    enrollments.c.id == bindparam("enrollment_id"), enrollments.c.state == bindparam("in_state")
)
_mutes = there_is(mutes, mutes.c.resident_id == enrollments.c.resident_id, mutes.c.kind == bindparam("kind"))
_ATTENDING = (
    _owing(enrollments.c.resident_id, sessions.c.id, enrollments.c.id, about=sessions.c.id)
    .join_from(sessions, courses, courses.c.id == sessions.c.course_id)
    .join(enrollments, enrollments.c.course_id == sessions.c.course_id)
    .where(sessions.c.starts_at == bindparam("starts_at", type_=UtcDateTime), TAKES_PLACE)
    .where(*_living("confirmed"), _checked, ~_mutes)
)
_ATTENDING_FIRST = _ATTENDING.where(sessions.c.number == 1)


def holding(course_id: int) -> Audience:
    """Who has a seat in a course or is offered one."""
    return Audience(_HOLDING, {"course_id": course_id})


def waiting(course_id: int) -> Audience:
    """Who waits for a seat in a course."""
    return Audience(_WAITING, {"course_id": course_id})


def involved(course_id: int) -> Audience:
    """Everybody whose enrollment in a course lives."""
    return Audience(_INVOLVED, {"course_id": course_id})


def enrolled(enrollment_id: int, state: EnrollmentState) -> Audience:
    """The resident of an enrollment while it is in this state."""
    return Audience(_ENROLLED, {"enrollment_id": enrollment_id, "in_state": state})


def attending(starts_at: datetime) -> Audience:
    """Who attends a class that begins then and hasn't switched this kind off; each class is spoken of."""
    return Audience(_ATTENDING, {"starts_at": starts_at})


def attending_first(starts_at: datetime) -> Audience:
    """The same for the first class of a course."""
    return Audience(_ATTENDING_FIRST, {"starts_at": starts_at})


# --- appointments ---

_WITH_APPOINTMENT = _owing(appointments.c.resident_id, appointments.c.id, about=appointments.c.id).where(
    appointments.c.starts_at == bindparam("starts_at", type_=UtcDateTime), appointments.c.ended_at.is_(None)
)
_BOOKED = _owing(appointments.c.resident_id, appointments.c.id).where(appointments.c.id == bindparam("appointment_id"))


def with_appointment(starts_at: datetime) -> Audience:
    """Who has an appointment that begins then; each is spoken of."""
    return Audience(_WITH_APPOINTMENT, {"starts_at": starts_at})


def booked(appointment_id: int) -> Audience:
    """The resident of an appointment."""
    return Audience(_BOOKED, {"appointment_id": appointment_id})


def _counts(resident_id: ColumnElement[int]) -> ColumnElement[bool]:
    """What stayed behind in a record that was merged is told to nobody."""
    return ~there_is(residents, residents.c.id == resident_id, residents.c.merged_into.is_not(None))


_AWAITING = _owing(awaited_courses.c.resident_id, awaited_courses.c.id, awaited_courses.c.since).where(
    awaited_courses.c.course_id == bindparam("course_id"), _counts(awaited_courses.c.resident_id)
)


_WISHING = _owing(course_wishes.c.resident_id, course_wishes.c.resident_id).where(
    course_wishes.c.words == bindparam("words", type_=Text), NOT_TOLD, _counts(course_wishes.c.resident_id)
)


def wishing(words: str, course_id: int) -> Audience:
    """Who wished for a course in these words and hasn't been told of this one; its id is the occasion."""
    return Audience(_WISHING, {"words": words, "course_id": course_id})


def awaiting(course_id: int) -> Audience:
    """Who asked to be told of a course."""
    return Audience(_AWAITING, {"course_id": course_id})


# --- surveys, news and jobs: residents are looked through in parts, by their ids ---

_of_part = (residents.c.id >= bindparam("first"), residents.c.id < bindparam("end"))
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
    enrollments.c.unchecked_since.is_(None),
)


def agrees(purpose: str) -> ColumnElement[bool]:
    """Whether a resident's latest word is yes, to this `version` of the text."""
    latest = (
        select(consents.c.given & (consents.c.version == bindparam("version", type_=Text)))
        .where(consents.c.resident_id == residents.c.id, consents.c.purpose == purpose)
        .order_by(consents.c.id.desc())
        .limit(1)
    )
    return latest.correlate(residents).scalar_subquery()


_ATTENDEES = _owing(residents.c.id, residents.c.id).where(_attended, _no_receipt)
_AGREED = _owing(residents.c.id, residents.c.id).where(*_of_part, agrees("news"), _no_receipt)
_READERS = _owing(residents.c.id, residents.c.id).where(
    *_of_part, agrees("news"), or_(CHOSE_NOTHING, there_is(courses, IS_NEWS, FITS))
)
_has_new_jobs = there_is(
    job_fields,
    job_fields.c.resident_id == residents.c.id,
    there_is(postings, postings.c.category == job_fields.c.category, IS_NEW),
)
_SEEKERS = _owing(residents.c.id, residents.c.id).where(
    *_of_part,
    there_is(job_wishes, job_wishes.c.resident_id == residents.c.id, job_wishes.c.rhythm == bindparam("rhythm")),
    agrees("jobs"),
    _has_new_jobs,
)


def attendees(course_id: int, round_id: int) -> Audience:
    """Who attended a course and has not answered this round of a survey."""
    return Audience(_ATTENDEES, {"course_id": course_id, "round_id": round_id})


def agreed(part: range, version: str, round_id: int) -> Audience:
    """Who agreed to news, to this version of the text, and has not answered this round of a survey."""
    return Audience(_AGREED, {**_ids(part), "version": version, "round_id": round_id})


def news_readers(part: range, version: str, days: Days) -> Audience:
    """Who agreed to news, to this version of the text, and whom some of the news of these days fits."""
    return Audience(_READERS, {**_ids(part), "version": version, **days._asdict()})


def job_seekers(part: range, version: str, rhythm: str, seen: tuple[datetime, datetime], open_on: date) -> Audience:
    """Who agreed to job postings, to this version of the text, and wants them in this rhythm, if some are new for them.

    New are those first seen between two moments and open on a day: see `jobs.wishes.IS_NEW`.
    """
    when = {"seen_since": seen[0], "seen_until": seen[1], "open_on": open_on}
    return Audience(_SEEKERS, {**_ids(part), "version": version, "rhythm": rhythm, **when})


def _ids(part: range) -> dict[str, int]:
    return {"first": part.start, "end": part.stop}

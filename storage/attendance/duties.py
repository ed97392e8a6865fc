"""What there is to do about attendance: classes in which somebody isn't marked, and what waits for an officer."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select

from storage.database import Transaction
from storage.seating.enrollments import IS_ATTENDEE
from storage.tables import UtcDateTime, attendance, courses, enrollments, sessions
from storage.teaching.courses import TAKES_PLACE
from storage.teaching.sessions import Session

_COLUMNS = [sessions.c[name] for name in Session.__dataclass_fields__]
_UNTIL, _NOW = bindparam("until", type_=UtcDateTime), bindparam("now", type_=UtcDateTime)
_MARKED = (
    select(attendance.c.id)
    .where(attendance.c.session_id == sessions.c.id, attendance.c.enrollment_id == enrollments.c.id)
    .where(attendance.c.standing == "counts")
    .exists()
)
_UNMARKED = (
    select(*_COLUMNS, func.count())
    .select_from(sessions)
    .join(courses, courses.c.id == sessions.c.course_id)
    .join(enrollments, enrollments.c.course_id == sessions.c.course_id)
    .where(TAKES_PLACE, sessions.c.starts_at <= _UNTIL, enrollments.c.state == "confirmed", IS_ATTENDEE, ~_MARKED)
    .where(enrollments.c.ended_at.is_(None))
    .where(or_(enrollments.c.seated_at.is_(None), enrollments.c.seated_at <= sessions.c.starts_at))
    .group_by(*_COLUMNS)
    .order_by(sessions.c.starts_at, sessions.c.id)
)
_WAITING = (
    select(sessions.c.course_id, func.count(), func.min(sessions.c.starts_at))
    .select_from(attendance)
    .join(sessions, sessions.c.id == attendance.c.session_id)
    .join(courses, courses.c.id == sessions.c.course_id)
    .join(enrollments, enrollments.c.id == attendance.c.enrollment_id)
    .where(TAKES_PLACE, attendance.c.standing == "open", IS_ATTENDEE)
    .where(~and_(attendance.c.way == "ahead", sessions.c.starts_at > _NOW))
    .group_by(sessions.c.course_id)
    .order_by(func.min(sessions.c.starts_at), sessions.c.course_id)
)


class Unmarked(NamedTuple):
    """A class, and how many who attend it aren't marked; whoever came to the course later isn't counted."""

    session: Session
    people: int


class Waiting(NamedTuple):
    """A course, how many entries wait for an officer, and when the first class began that they are of."""

    course_id: int
    entries: int
    since: datetime


def unmarked(tx: Transaction, until: datetime) -> Sequence[Unmarked]:
    """Of the classes that begin no later than a moment, the oldest first; those of courses that are completed aside."""
    return [Unmarked(Session(*row[:-1]), row[-1]) for row in tx.execute(_UNMARKED, {"until": until})]


def waiting(tx: Transaction, now: datetime) -> Sequence[Waiting]:
    """By course, the oldest first. What was said beforehand waits for its class."""
    return [Waiting(*row) for row in tx.execute(_WAITING, {"now": now})]

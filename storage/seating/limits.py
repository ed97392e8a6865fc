"""Seats of a person in other courses: at the same time, or as many in a term as a course lets them have."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select

from storage.database import Transaction
from storage.engine.prepared import Prepared
from storage.seating.enrollments import LIVE
from storage.tables import courses, enrollments, sessions
from storage.teaching.course import Course
from storage.teaching.courses import TAKES_PLACE


class Seat(NamedTuple):
    """A seat that somebody has in a course, or had to its end. Waiting, offers and applications are none."""

    enrollment_id: int
    resident_id: int
    course_id: int


_SEATED = or_((enrollments.c.state == "confirmed") & LIVE, enrollments.c.state.in_(("completed", "not_completed")))
_SEATS = (
    select(enrollments.c.id, enrollments.c.resident_id, courses.c.id)
    .select_from(enrollments.join(courses))
    .where(enrollments.c.resident_id.in_(bindparam("people", expanding=True)), _SEATED, TAKES_PLACE)
    .where(courses.c.id != bindparam("course_id"))
)
_IN_TERM = Prepared(_SEATS.where(courses.c.term == bindparam("term")).order_by(enrollments.c.id))
_ATTENDED, _WANTED = sessions.alias(), sessions.alias()
_OVERLAPPING = Prepared(
    _SEATS.where(_ATTENDED.c.course_id == courses.c.id)
    .where((_WANTED.c.starts_at < _ATTENDED.c.ends_at) & (_WANTED.c.ends_at > _ATTENDED.c.starts_at))
    .where(_WANTED.c.course_id == bindparam("course_id"), LIVE)
    .limit(1)
)
_MINE = enrollments.alias()
_AT_LIMIT = select(_MINE.c.id).where(
    _MINE.c.id.in_(bindparam("ids", expanding=True)),
    select(func.count())
    .select_from(enrollments.join(courses))
    .where(enrollments.c.resident_id == _MINE.c.resident_id, _SEATED, TAKES_PLACE)
    .where(courses.c.id != bindparam("course_id"), courses.c.term == bindparam("term"))
    .scalar_subquery()
    >= bindparam("limit"),
)


def seats_in_term(tx: Transaction, resident_ids: Sequence[int], course: Course) -> list[Seat]:
    """The seats of a person in the other courses of a course's term."""
    rows = _IN_TERM.all(tx, people=resident_ids, course_id=course.id, term=course.term)
    return [Seat(*row) for row in rows]


def overlapping(tx: Transaction, resident_ids: Sequence[int], course_id: int) -> Seat | None:
    """A seat of a person in another course that has a session at the same time as some session of this one."""
    row = _OVERLAPPING.first(tx, people=resident_ids, course_id=course_id)
    return Seat(*row) if row else None


def at_limit(tx: Transaction, course: Course, ids: Sequence[int]) -> list[int]:
    """Those of these enrollments in a course whose residents have as many seats in its term as it lets them have."""
    if not course.term_limit or not ids:
        return []
    return list(
        tx.execute(
            _AT_LIMIT, {"ids": ids, "course_id": course.id, "term": course.term, "limit": course.term_limit}
        ).scalars()
    )

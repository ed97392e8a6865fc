"""Who had a seat and never came: a query, so that every corrected mark counts at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from storage.database import Transaction, there_is
from storage.engine.prepared import Prepared
from storage.seating.enrollments import IS_ATTENDEE
from storage.tables import UtcDateTime, attendance, courses, enrollments, sessions
from storage.teaching.courses import TAKES_PLACE


@dataclass(frozen=True)
class NoShow:
    """`waived` is why an officer lets it pass; "" where nobody does."""

    enrollment_id: int
    resident_id: int
    course_id: int
    waived: str


_OTHER, _LATER = enrollments.alias(), sessions.alias()
_IS_OVER = ~there_is(
    _LATER,
    _LATER.c.course_id == enrollments.c.course_id,
    _LATER.c.ends_at > bindparam("now", type_=UtcDateTime),
)
# Of two seats that one person had in a course one is merged into the other: who came on either has come.
_ABSENT = there_is(
    attendance.join(sessions, sessions.c.id == attendance.c.session_id),
    attendance.c.enrollment_id == enrollments.c.id,
    attendance.c.standing == "counts",
    attendance.c.mark == "absent",
    or_(enrollments.c.seated_at.is_(None), sessions.c.starts_at >= enrollments.c.seated_at),
)
_CAME = there_is(
    attendance.join(_OTHER, _OTHER.c.id == attendance.c.enrollment_id).join(
        sessions, sessions.c.id == attendance.c.session_id
    ),
    _OTHER.c.resident_id == enrollments.c.resident_id,
    _OTHER.c.course_id == enrollments.c.course_id,
    attendance.c.standing == "counts",
    attendance.c.mark != "absent",
)
_NEVER_CAME = (
    select(enrollments.c.id, enrollments.c.resident_id, enrollments.c.course_id, enrollments.c.no_show_waived)
    .select_from(enrollments.join(courses))
    .where(IS_ATTENDEE, enrollments.c.state != "completed", TAKES_PLACE)
    .where(or_(enrollments.c.state == "not_completed", _IS_OVER), _ABSENT, ~_CAME)
    .order_by(enrollments.c.id)
)
_OF_COURSE = _NEVER_CAME.where(enrollments.c.course_id == bindparam("course_id"))
_OF_PEOPLE = Prepared(
    _NEVER_CAME.where(
        enrollments.c.resident_id.in_(bindparam("people", expanding=True)),
        courses.c.term == bindparam("term"),
        enrollments.c.no_show_waived == "",
    )
)


def of_course(tx: Transaction, course_id: int, now: datetime) -> list[NoShow]:
    """Those too whom an officer lets pass."""
    return [NoShow(*row) for row in tx.execute(_OF_COURSE, {"course_id": course_id, "now": now})]


def of_people(tx: Transaction, resident_ids: Sequence[int], term: str, now: datetime) -> list[NoShow]:
    """In the courses of a term, but for those whom an officer lets pass."""
    return [NoShow(*row) for row in _OF_PEOPLE.all(tx, people=resident_ids, term=term, now=now)]

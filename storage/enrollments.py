"""Enrollments: seats, places in line and applications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from storage.database import Transaction, insert
from storage.tables import courses, enrollments, sessions


@dataclass(frozen=True)
class Enrollment:
    """`state` is confirmed, waiting or applied while it lives; `ended_at` is set when it doesn't any more."""

    id: int
    course_id: int
    resident_id: int
    state: str
    channel: str
    applied_at: datetime
    ended_at: datetime | None


_LIVE = enrollments.c.ended_at.is_(None)
_THEIRS = enrollments.c.resident_id.in_(bindparam("people", expanding=True)) & _LIVE
_TAKES_PLACE = courses.c.state != "cancelled"
_OF_PERSON = select(enrollments).where(enrollments.c.course_id == bindparam("course_id"), _THEIRS)
_IN_TERM = (
    select(func.count())
    .select_from(enrollments.join(courses))
    .where(_THEIRS, courses.c.term == bindparam("term"), _TAKES_PLACE)
)
_ATTENDED, _WANTED = sessions.alias(), sessions.alias()
_OVERLAPPING = (
    select(courses.c.title)
    .join(enrollments, enrollments.c.course_id == courses.c.id)
    .join(_ATTENDED, _ATTENDED.c.course_id == courses.c.id)
    .join(_WANTED, (_WANTED.c.starts_at < _ATTENDED.c.ends_at) & (_WANTED.c.ends_at > _ATTENDED.c.starts_at))
    .where(_THEIRS, _TAKES_PLACE)
    .where(_WANTED.c.course_id == bindparam("course_id"), courses.c.id != _WANTED.c.course_id)
    .limit(1)
)
_POSITION = select(func.count()).where(
    enrollments.c.course_id == bindparam("course_id"),
    enrollments.c.state == "waiting",
    enrollments.c.id <= bindparam("id"),
    _LIVE,
)


def add(
    tx: Transaction, course_id: int, resident_id: int, state: str, channel: str, now: datetime
) -> Enrollment | None:
    """Enroll; None when the resident has a live enrollment in the course already. The course must be locked."""
    row = {"course_id": course_id, "resident_id": resident_id, "state": state, "channel": channel, "applied_at": now}
    added = insert(tx, enrollments).values(row).on_conflict_do_nothing().returning(enrollments)
    found = tx.execute(added).one_or_none()
    return Enrollment(**found._mapping) if found else None


def find(tx: Transaction, enrollment_id: int) -> Enrollment | None:
    row = tx.execute(select(enrollments).where(enrollments.c.id == enrollment_id)).one_or_none()
    return Enrollment(**row._mapping) if row else None


def live(tx: Transaction, course_id: int, resident_ids: Sequence[int]) -> Enrollment | None:
    """The live enrollment in a course of a person, whom several resident ids may stand for."""
    row = tx.execute(_OF_PERSON, {"course_id": course_id, "people": resident_ids}).first()
    return Enrollment(**row._mapping) if row else None


def of_resident(tx: Transaction, resident_id: int) -> list[Enrollment]:
    """All of a resident's enrollments: live ones first, then the newest."""
    mine = select(enrollments).where(enrollments.c.resident_id == resident_id)
    rows = tx.execute(mine.order_by(enrollments.c.ended_at.is_not(None), enrollments.c.id.desc()))
    return [Enrollment(**row._mapping) for row in rows]


def position(tx: Transaction, enrollment: Enrollment) -> int:
    """The place in line, from 1. Ids are given out under the lock of the course, so they are the order of arrival."""
    return tx.execute(_POSITION, {"course_id": enrollment.course_id, "id": enrollment.id}).scalar_one()


def confirm(tx: Transaction, enrollment_id: int) -> bool:
    this = (enrollments.c.id == enrollment_id, enrollments.c.state == "waiting", _LIVE)
    return tx.execute(update(enrollments).where(*this).values(state="confirmed")).rowcount == 1


def end(tx: Transaction, enrollment_id: int, state: str, now: datetime) -> bool:
    """End a live enrollment; False when it was over already."""
    this = (enrollments.c.id == enrollment_id, _LIVE)
    return tx.execute(update(enrollments).where(*this).values(state=state, ended_at=now)).rowcount == 1


def count_in_term(tx: Transaction, resident_ids: Sequence[int], term: str) -> int:
    return tx.execute(_IN_TERM, {"people": resident_ids, "term": term}).scalar_one()


def overlapping(tx: Transaction, resident_ids: Sequence[int], course_id: int) -> str | None:
    """The title of a course that a person attends at the same time as some session of another course."""
    return tx.execute(_OVERLAPPING, {"people": resident_ids, "course_id": course_id}).scalar()

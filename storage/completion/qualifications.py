"""Qualifications that people acquired after a course."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, bindparam, delete, func, select

from storage.database import Transaction, insert
from storage.tables import courses, enrollments, qualifications


@dataclass(frozen=True)
class Qualification:
    """`entered_by` is an officer, or "" for the person; `enrollment_id` leads to them and to the course before it."""

    id: int
    enrollment_id: int
    name: str
    grade: str
    license_number: str
    acquired_on: date
    told_at: datetime
    entered_by: str = ""


@dataclass(frozen=True)
class Rate:
    """Of a course: how many completed it, and how many of these acquired a qualification."""

    course_id: int
    completed: int
    acquired: int


_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_OF_ENROLLMENTS = (
    select(qualifications).where(qualifications.c.enrollment_id.in_(_IDS)).order_by(qualifications.c.acquired_on)
)
_HAS = select(qualifications.c.id).where(qualifications.c.enrollment_id == enrollments.c.id).exists()
_RATES = (
    select(enrollments.c.course_id, func.count(), func.count().filter(_HAS))
    .join(courses, courses.c.id == enrollments.c.course_id)
    .where(enrollments.c.state == "completed", courses.c.id.in_(_IDS))
    .group_by(enrollments.c.course_id)
)


def find(tx: Transaction, number: int) -> Qualification | None:
    row = tx.execute(select(qualifications).where(qualifications.c.id == number)).one_or_none()
    return Qualification(*row) if row else None


def of_enrollments(tx: Transaction, ids: Collection[int]) -> list[Qualification]:
    return [Qualification(*row) for row in tx.execute(_OF_ENROLLMENTS, {"ids": list(ids)})] if ids else []


def of_resident(tx: Transaction, resident_id: int) -> list[Qualification]:
    """All of a person's, the oldest first."""
    theirs = select(qualifications).join(enrollments).where(enrollments.c.resident_id == resident_id)
    return [Qualification(*row) for row in tx.execute(theirs.order_by(qualifications.c.acquired_on))]


def save(tx: Transaction, one: Qualification) -> None:
    """Of the same name and grade there is one after a course: what is told again takes its place."""
    told = {name: getattr(one, name) for name in ("license_number", "acquired_on", "told_at", "entered_by")}
    key = {"enrollment_id": one.enrollment_id, "name": one.name, "grade": one.grade}
    added = insert(tx, qualifications).values({**key, **told})
    tx.execute(added.on_conflict_do_update(index_elements=list(key), set_=told))


def drop(tx: Transaction, ids: Sequence[int]) -> None:
    tx.execute(delete(qualifications).where(qualifications.c.id.in_(ids)))


def drop_told(tx: Transaction, resident_id: int) -> None:
    """What the person told themselves; what an officer saw and entered stays."""
    theirs = select(enrollments.c.id).where(enrollments.c.resident_id == resident_id)
    these = (qualifications.c.enrollment_id.in_(theirs), qualifications.c.entered_by == "")
    tx.execute(delete(qualifications).where(*these))


def rates(tx: Transaction, course_ids: Collection[int]) -> dict[int, Rate]:
    """By course; where nobody completed there is none."""
    return {row[0]: Rate(*row) for row in tx.execute(_RATES, {"ids": list(course_ids)})} if course_ids else {}

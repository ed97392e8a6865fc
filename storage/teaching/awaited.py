"""Courses that residents want to hear of once: when they, or ones like them, can be registered for."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Text, cast, delete, or_, select

from storage.database import Transaction, insert, there_is
from storage.tables import awaited_courses, courses, outbox
from storage.teaching.course import Course
from storage.teaching.courses import IS_OPEN

KIND = "awaited"  # of the notice

# The key of the only notice; ids of rows that are gone are given out again, so the moment is part of it.
_KEY = f"{KIND}/once/" + cast(awaited_courses.c.id, Text) + "/" + cast(awaited_courses.c.since, Text)
_TOLD = there_is(outbox, outbox.c.key == _KEY)


class Opening(NamedTuple):
    """A course that can be registered for, and the one that somebody waits for: the same, or one of the same title."""

    awaited_id: int
    course_id: int
    opened_at: datetime
    closes_at: datetime


def add(tx: Transaction, resident_id: int, course_id: int, now: datetime) -> None:
    """Anew where they were told already."""
    drop(tx, resident_id, course_id)
    row = {"resident_id": resident_id, "course_id": course_id, "since": now}
    tx.execute(insert(tx, awaited_courses).values(row).on_conflict_do_nothing())


def drop(tx: Transaction, resident_id: int, course_id: int | None = None) -> None:
    """Without a course all that a resident waits for."""
    theirs = delete(awaited_courses).where(awaited_courses.c.resident_id == resident_id)
    tx.execute(theirs if course_id is None else theirs.where(awaited_courses.c.course_id == course_id))


def has(tx: Transaction, resident_id: int, course_id: int) -> bool:
    these = (awaited_courses.c.resident_id == resident_id, awaited_courses.c.course_id == course_id)
    return tx.execute(select(awaited_courses.c.id).where(*these, ~_TOLD)).first() is not None


def waits(tx: Transaction, resident_id: int, course: Course) -> bool:
    """Whether a resident waits for this course or one of its title, though they may have been told."""
    alike = (courses.c.title == course.title) & (courses.c.category == course.category)
    found = select(awaited_courses.c.id).join(courses).where(awaited_courses.c.resident_id == resident_id)
    return tx.execute(found.where(or_(courses.c.id == course.id, alike)).limit(1)).first() is not None


def of_resident(tx: Transaction, resident_id: int) -> list[int]:
    """Ids of the courses of which somebody waits to be told, and hasn't been yet."""
    theirs = select(awaited_courses.c.course_id).where(awaited_courses.c.resident_id == resident_id, ~_TOLD)
    return list(tx.execute(theirs.order_by(awaited_courses.c.id)).scalars())


_wished = courses.alias()
_is_meant = or_(
    courses.c.id == _wished.c.id, (courses.c.title == _wished.c.title) & (courses.c.category == _wished.c.category)
)
_OPENINGS = (
    select(awaited_courses.c.course_id, courses.c.id, courses.c.apply_start, courses.c.apply_end)
    .select_from(awaited_courses.join(_wished, _wished.c.id == awaited_courses.c.course_id).join(courses, _is_meant))
    .where(IS_OPEN, ~_TOLD)
    .distinct()
    .order_by(courses.c.apply_end, courses.c.id)
)


def openings(tx: Transaction, now: datetime) -> list[Opening]:
    """Of what residents wait for and haven't been told of."""
    return [Opening(*row) for row in tx.execute(_OPENINGS, {"now": now})]

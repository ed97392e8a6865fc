"""Courses that residents wish for in their own words, to be told when one like it can be registered for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, Text, bindparam, cast, delete, func, select

from storage.database import Transaction, insert, there_is
from storage.tables import course_wishes, courses, outbox
from storage.teaching.courses import IS_OPEN

KIND = "wished"  # of the notice
MOST = 10  # of one resident


@dataclass(frozen=True)
class CourseWish:
    id: int
    resident_id: int
    words: str
    since: datetime


class Opening(NamedTuple):
    """A course that can be registered for now."""

    course_id: int
    opened_at: datetime
    closes_at: datetime


_WISHES = select(*(course_wishes.c[name] for name in CourseWish.__dataclass_fields__))
# The key of the only notice about a course: also who wished for it in two ways is told once.
_KEY = f"{KIND}/" + cast(bindparam("course_id", type_=BigInteger), Text) + "/" + cast(course_wishes.c.resident_id, Text)
NOT_TOLD = ~there_is(outbox, outbox.c.key == _KEY)
"""Whether a resident hasn't been told of a course; takes `course_id`."""


def add(tx: Transaction, resident_id: int, words: str, now: datetime) -> bool:
    """False when they have as many as one may have; what is wished for already stays."""
    held = tx.execute(select(func.count()).where(course_wishes.c.resident_id == resident_id)).scalar_one()
    if held >= MOST and not any(each.words == words for each in of_resident(tx, resident_id)):
        return False
    row = {"resident_id": resident_id, "words": words, "since": now}
    tx.execute(insert(tx, course_wishes).values(row).on_conflict_do_nothing())
    return True


def of_resident(tx: Transaction, resident_id: int) -> list[CourseWish]:
    found = _WISHES.where(course_wishes.c.resident_id == resident_id).order_by(course_wishes.c.id)
    return [CourseWish(*row) for row in tx.execute(found)]


def find(tx: Transaction, wish_id: int) -> CourseWish | None:
    row = tx.execute(_WISHES.where(course_wishes.c.id == wish_id)).one_or_none()
    return CourseWish(*row) if row else None


def drop(tx: Transaction, resident_id: int, wish_id: int | None = None) -> None:
    """Without an id all that a resident wishes for."""
    theirs = delete(course_wishes).where(course_wishes.c.resident_id == resident_id)
    tx.execute(theirs if wish_id is None else theirs.where(course_wishes.c.id == wish_id))


def forget_before(tx: Transaction, moment: datetime) -> None:
    tx.execute(delete(course_wishes).where(course_wishes.c.since < moment))


def words(tx: Transaction) -> list[str]:
    """All that is wished for, each once."""
    return list(tx.execute(select(course_wishes.c.words).distinct().order_by(course_wishes.c.words)).scalars())


def openings(tx: Transaction, course_ids: Collection[int], now: datetime) -> list[Opening]:
    query = select(courses.c.id, courses.c.apply_start, courses.c.apply_end).where(IS_OPEN)
    these = query.where(courses.c.id.in_(list(course_ids))).order_by(courses.c.apply_end, courses.c.id)
    return [Opening(*row) for row in tx.execute(these, {"now": now})]


def untold(tx: Transaction, course_id: int, wished: Collection[str]) -> list[CourseWish]:
    """Wishes in these words, of who hasn't been told of the course."""
    found = _WISHES.where(course_wishes.c.words.in_(list(wished)), NOT_TOLD)
    return [CourseWish(*row) for row in tx.execute(found, {"course_id": course_id})]

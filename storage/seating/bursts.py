"""Bursts: applications that came from one place in a short time."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select

from storage.database import Transaction
from storage.tables import enrollments

_LIVE = enrollments.c.ended_at.is_(None)


class Burst(NamedTuple):
    """Live applications for a course that came from one place on one day; `number` is that of the first."""

    course_id: int
    number: int
    source: str
    size: int
    unchecked: int
    since: datetime
    until: datetime


def count_from(tx: Transaction, source: str, since: datetime) -> dict[int, int]:
    """How many came from one place after a moment, by course; those too that have ended."""
    these = (enrollments.c.source == source, enrollments.c.applied_at > since)
    query = select(enrollments.c.course_id, func.count().label("came")).where(*these)
    return {row.course_id: row.came for row in tx.execute(query.group_by(enrollments.c.course_id))}


def unchecked(tx: Transaction) -> dict[int, int]:
    """How many live applications an officer has still to look at, by course; from one place or for another reason."""
    query = select(enrollments.c.course_id, func.count().label("number"))
    these = query.where(enrollments.c.unchecked_since.is_not(None), _LIVE).group_by(enrollments.c.course_id)
    return {row.course_id: row.number for row in tx.execute(these.order_by(enrollments.c.course_id))}


def found(tx: Transaction, least: int) -> list[Burst]:
    """So many from one place at least, or such as an officer has still to look at."""
    query = select(
        enrollments.c.course_id,
        func.min(enrollments.c.id).label("number"),
        enrollments.c.source,
        func.count().label("size"),
        func.count(enrollments.c.unchecked_since).label("unchecked"),
        func.min(enrollments.c.applied_at).label("since"),
        func.max(enrollments.c.applied_at).label("until"),
    ).where(enrollments.c.source.is_not(None), _LIVE)
    many = or_(func.count() >= least, func.count(enrollments.c.unchecked_since) > 0)
    grouped = query.group_by(enrollments.c.course_id, enrollments.c.source).having(many)
    return [Burst(*row) for row in tx.execute(grouped.order_by(enrollments.c.course_id, func.min(enrollments.c.id)))]

"""Completers who would like to teach what they learnt."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update

from storage.database import Transaction, insert
from storage.tables import courses, enrollments, instructor_candidates, residents


def offer(tx: Transaction, enrollment_id: int, now: datetime) -> None:
    """Become a candidate for what one completed; who is one stays it since the first time."""
    row = {"enrollment_id": enrollment_id, "since": now}
    tx.execute(insert(tx, instructor_candidates).values(row).on_conflict_do_nothing())


def withdraw(tx: Transaction, enrollment_id: int) -> None:
    tx.execute(delete(instructor_candidates).where(instructor_candidates.c.enrollment_id == enrollment_id))


def is_candidate(tx: Transaction, enrollment_id: int) -> bool:
    this = instructor_candidates.c.enrollment_id == enrollment_id
    return tx.execute(select(instructor_candidates.c.since).where(this)).first() is not None


class Candidate(NamedTuple):
    """Somebody who would like to teach what they completed, since when, and how to reach them.

    `teaches` is the id of the course that they were given, and `replaced` what was told of its instructor before.
    """

    enrollment_id: int
    since: datetime
    teaches: int | None
    assigned_at: datetime | None
    replaced: str
    title: str
    certificate: str
    resident_id: int
    name: str | None
    birth_year: int | None
    mobile: str | None


_TABLE = instructor_candidates.c
_COMPLETED = instructor_candidates.join(enrollments, enrollments.c.id == _TABLE.enrollment_id)
_KNOWN = (
    select(
        *(_TABLE.enrollment_id, _TABLE.since, _TABLE.course_id, _TABLE.assigned_at, _TABLE.replaced),
        *(courses.c.title, courses.c.certificate),
        *(residents.c.id, residents.c.name, residents.c.birth_year, residents.c.mobile),
    )
    .select_from(
        _COMPLETED.join(courses, courses.c.id == enrollments.c.course_id).join(
            residents, residents.c.id == enrollments.c.resident_id
        )
    )
    .where(enrollments.c.state == "completed")
    .order_by(courses.c.title, _TABLE.since)
)


def everybody(tx: Transaction) -> list[Candidate]:
    """Those who completed, by course and the longest first."""
    return [Candidate(*row) for row in tx.execute(_KNOWN)]


def find(tx: Transaction, enrollment_id: int) -> Candidate | None:
    row = tx.execute(_KNOWN.where(_TABLE.enrollment_id == enrollment_id)).one_or_none()
    return Candidate(*row) if row else None


def assigned(tx: Transaction, since: datetime, until: datetime) -> list[Candidate]:
    """Who was given a course after `since` and no later than `until`."""
    when = (_TABLE.assigned_at > since, _TABLE.assigned_at <= until)
    return [Candidate(*row) for row in tx.execute(_KNOWN.where(*when))]


def assign(tx: Transaction, enrollment_id: int, course_id: int, at: datetime, replaced: str) -> None:
    values = {"course_id": course_id, "assigned_at": at, "replaced": replaced}
    tx.execute(update(instructor_candidates).where(_TABLE.enrollment_id == enrollment_id).values(values))

"""Completers who would like to teach what they learnt."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select

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
    """Somebody who would like to teach what they completed, since when, and how to reach them."""

    since: datetime
    title: str
    certificate: str
    resident_id: int
    name: str | None
    birth_year: int | None
    mobile: str | None


def everybody(tx: Transaction) -> list[Candidate]:
    """Those who completed, by course and the longest first."""
    columns = (instructor_candidates.c.since, courses.c.title, courses.c.certificate)
    completed = instructor_candidates.join(enrollments, enrollments.c.id == instructor_candidates.c.enrollment_id)
    found = completed.join(courses, courses.c.id == enrollments.c.course_id)
    found = found.join(residents, residents.c.id == enrollments.c.resident_id)
    listed = select(*columns, residents.c.id, residents.c.name, residents.c.birth_year, residents.c.mobile).select_from(
        found
    )
    order = (courses.c.title, instructor_candidates.c.since)
    rows = tx.execute(listed.where(enrollments.c.state == "completed").order_by(*order))
    return [Candidate(*row) for row in rows]

"""What led people here: codes of flyers, posters and links, how often they were followed, and what came of it.

Followed is counted by day, never by person; applications know the code with which their chat began.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select, update

from storage.database import Transaction, insert
from storage.states import ATTENDED, HOLDING
from storage.tables import enrollments, origin_looks, origins

MOST_A_DAY = 300  # codes and courses: anybody can make codes up
NO_COURSE = 0


@dataclass(frozen=True)
class Brought:
    """Of a code and a course: `course_id` is 0 where it led to none."""

    origin: str
    course_id: int
    looks: int = 0
    applied: int = 0
    seats: int = 0
    completed: int = 0

    def __add__(self, other: "Brought") -> "Brought":
        counts = (getattr(self, name) + getattr(other, name) for name in ("looks", "applied", "seats", "completed"))
        return Brought(self.origin, self.course_id, *counts)


def name(tx: Transaction, code: str, called: str) -> None:
    add = insert(tx, origins).values(code=code, name=called)
    tx.execute(add.on_conflict_do_update(index_elements=["code"], set_={"name": called}))


def names(tx: Transaction) -> Mapping[str, str]:
    rows = tx.execute(select(origins.c.code, origins.c.name).order_by(origins.c.name, origins.c.code))
    return {row.code: row.name for row in rows}


def look(tx: Transaction, origin: str, course_id: int, today: date) -> None:
    """Somebody followed a code; whoever comes after too many others of a day isn't counted."""
    this = (origin_looks.c.day == today, origin_looks.c.origin == origin, origin_looks.c.course_id == course_id)
    more = update(origin_looks).where(*this).values(looks=origin_looks.c.looks + 1)
    if tx.execute(more).rowcount:
        return
    known = tx.execute(select(func.count()).select_from(origin_looks).where(origin_looks.c.day == today)).scalar_one()
    if known < MOST_A_DAY:
        row = {"day": today, "origin": origin, "course_id": course_id, "looks": 1}
        once_more = {"looks": origin_looks.c.looks + 1}
        add = insert(tx, origin_looks).values(row)
        tx.execute(add.on_conflict_do_update(index_elements=["day", "origin", "course_id"], set_=once_more))


def brought(tx: Transaction, course_id: int | None = None) -> list[Brought]:
    """By code and course, in no order; of one course or of all."""
    found: dict[tuple[str, int], Brought] = {}
    for each in (*_looks(tx, course_id), *_applications(tx, course_id)):
        key = each.origin, each.course_id
        found[key] = found[key] + each if key in found else each
    return list(found.values())


def _looks(tx: Transaction, course_id: int | None) -> list[Brought]:
    key = (origin_looks.c.origin, origin_looks.c.course_id)
    query = select(*key, func.sum(origin_looks.c.looks)).group_by(*key)
    if course_id is not None:
        query = query.where(origin_looks.c.course_id == course_id)
    return [Brought(*row) for row in tx.execute(query)]


def _applications(tx: Transaction, course_id: int | None) -> list[Brought]:
    key = (enrollments.c.origin, enrollments.c.course_id)
    has_seat = enrollments.c.state.in_((*HOLDING, *ATTENDED))
    counts = (func.sum(case((each, 1), else_=0)) for each in (has_seat, enrollments.c.state == "completed"))
    these = (enrollments.c.origin.is_not(None), enrollments.c.state != "merged")
    query = select(*key, func.count(), *counts).where(*these).group_by(*key)
    if course_id is not None:
        query = query.where(enrollments.c.course_id == course_id)
    return [Brought(origin, course, 0, *counted) for origin, course, *counted in tx.execute(query)]

"""Courses of a year with all who applied for them, a query for each, as reports and demand are counted from them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from storage.database import Transaction
from storage.states import ATTENDED, Daypart, EnrollmentState, Selection
from storage.tables import courses, enrollments, residents
from storage.teaching.courses import NOW

_LIKE_A_TERM = "____-H_"


@dataclass(frozen=True)
class Taught:
    """A course as far as a report tells of it."""

    id: int
    code: str
    title: str
    category: str
    term: str
    certificate: str
    operation: str
    daypart: Daypart
    venue: str
    instructor: str
    audience: str
    selection: Selection
    capacity: int
    minimum: int
    apply_end: datetime
    start_date: date
    end_date: date
    counts_toward_kpi: bool
    state: str

    def has_run(self, today: date) -> bool:
        return self.state not in ("cancelled", "hidden") and self.start_date <= today

    def opening(self, zone: ZoneInfo) -> datetime:
        """The end of the day on which it begins."""
        return datetime.combine(self.start_date + timedelta(days=1), time(), zone)


@dataclass(frozen=True)
class Application:
    """Who applied, under the record that counts of theirs."""

    id: int
    course_id: int
    resident_id: int
    state: EnrollmentState
    applied_at: datetime
    ended_at: datetime | None
    ended_from: str | None
    seated_at: datetime | None

    def was_seated(self, at: datetime) -> bool:
        """Whether the seat was theirs then; where older rows don't say since when, it was from the start."""
        had_one = self.state in ATTENDED or self.ended_from == "confirmed" or self.seated_at is not None
        is_over = self.state not in ATTENDED and self.ended_at is not None and self.ended_at <= at
        return had_one and not is_over and (self.seated_at or self.applied_at) <= at


_COURSES = select(*(courses.c[name] for name in Taught.__dataclass_fields__)).order_by(
    courses.c.start_date, courses.c.id
)
_PERSON = func.coalesce(residents.c.merged_into, residents.c.id)
_WITH_PEOPLE = enrollments.join(courses, courses.c.id == enrollments.c.course_id).join(
    residents, residents.c.id == enrollments.c.resident_id
)
_COUNT = and_(enrollments.c.state != "merged", courses.c.state.not_in(("cancelled", "hidden")))
_APPLICATIONS = (
    select(
        *(_PERSON if name == "resident_id" else enrollments.c[name] for name in Application.__dataclass_fields__),
    )
    .select_from(_WITH_PEOPLE)
    .where(_COUNT)
)


def is_of(year: int) -> ColumnElement[bool]:
    """Whether a course is of a year: that of its term, or where that is none of the day on which it begins."""
    begins = courses.c.start_date.between(date(year, 1, 1), date(year, 12, 31))
    return or_(courses.c.term.like(f"{year}-H_"), and_(courses.c.term.not_like(_LIKE_A_TERM), begins))


def of_year(tx: Transaction, year: int) -> list[Taught]:
    """All of them, closed and hidden ones too, in the order in which they begin."""
    return [Taught(*row) for row in tx.execute(_COURSES.where(is_of(year)))]


def applications(tx: Transaction, year: int) -> dict[int, list[Application]]:
    """By the course, of those that were not closed and are not hidden; in no order."""
    found: dict[int, list[Application]] = {}
    for row in tx.execute(_APPLICATIONS.where(is_of(year))):
        found.setdefault(row.course_id, []).append(Application(*row))
    return found


@dataclass(frozen=True)
class Interest:
    """People of a course, each counted once. `at_close` is who stood when applying was over, or stands by now.

    `turned_away` is who got no seat, and not by their own word: not chosen, in line, or in line when they gave up.
    """

    applied: int
    at_close: int
    turned_away: int


_E, _C = enrollments.c, courses.c
_STOOD = and_(_E.applied_at <= _C.apply_end, or_(_E.ended_at.is_(None), _E.ended_at > _C.apply_end))
_GAVE_UP = and_(_E.state == "cancelled", _E.ended_from == "waiting")
_TURNED_AWAY = and_(_C.apply_end < NOW, or_(_E.state.in_(("not_selected", "waiting")), _GAVE_UP))
_COUNTS = (
    func.count(_PERSON.distinct()),
    *(func.count(case((those, _PERSON)).distinct()) for those in (_STOOD, _TURNED_AWAY)),
)
_INTERESTS = select(_E.course_id, *_COUNTS).select_from(_WITH_PEOPLE).where(_COUNT).group_by(_E.course_id)


def interests(tx: Transaction, year: int, now: datetime) -> dict[int, Interest]:
    """By the course, of those that were not closed and are not hidden; without courses that nobody applied for."""
    rows = tx.execute(_INTERESTS.where(is_of(year)), {"now": now})
    return {row[0]: Interest(*row[1:]) for row in rows}


@dataclass(frozen=True)
class Person:
    """What is counted of somebody who took part; None is not known."""

    id: int
    birth_year: int | None
    dong: str | None
    tie: str | None
    target: str | None


def people(tx: Transaction, ids: Collection[int]) -> dict[int, Person]:
    """Of these, some hundreds at once: a query holds no more numbers."""
    found: dict[int, Person] = {}
    known = sorted(ids)
    for at in range(0, len(known), 500):
        query = select(*(residents.c[name] for name in Person.__dataclass_fields__))
        found |= {row.id: Person(*row) for row in tx.execute(query.where(residents.c.id.in_(known[at : at + 500])))}
    return found

"""Courses, with the counts that decide what a resident can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, or_, select, update

from storage.database import Transaction, insert
from storage.tables import UtcDateTime, courses, draws, enrollments

Status = Literal["upcoming", "open", "waitlist", "full", "closed", "running", "ended", "cancelled", "suspended"]


@dataclass(frozen=True)
class Course:
    """A class that runs once. Times are aware, fees are won, lists are comma-separated text."""

    id: int
    code: str
    title: str
    category: str
    term: str
    certificate: str
    operation: str
    daypart: str  # day, evening or weekend
    venue: str
    directions: str
    capacity: int
    waitlist_capacity: int
    minimum: int
    apply_start: datetime
    apply_end: datetime  # the last moment, included
    start_date: date
    end_date: date
    weekdays: str  # "1,3" is Tuesday and Thursday
    start_time: time
    end_time: time
    days_off: str
    selection: str  # first_come, priority, lottery or review
    priority: str
    audience: str
    open_to: str  # residents, connected (live, work or study here) or anyone
    minimum_age: int
    term_limit: int  # courses a person may take in this term; 0 is no limit
    instructor: str
    supplies: str
    material_fee: int
    textbook_fee: int
    exam_fee: int
    completion_rule: str
    description: str
    keywords: str
    contact: str
    counts_toward_kpi: bool
    state: str  # published, hidden, suspended or cancelled
    offer_hours: int = 24  # for how long a freed seat is kept for who is offered it
    last_call_days: int = 2  # so near to the start a freed seat goes to whoever of the line takes it first
    confirm_hours: int = 0  # for how long a drawn or selected seat is kept until it is confirmed; 0: nothing to confirm
    held: int = 0
    waiting: int = 0
    applied: int = 0

    def is_taking(self, now: datetime) -> bool:
        return self.state == "published" and self.apply_start <= now <= self.apply_end

    @property
    def free(self) -> int:
        """Seats that nobody holds and nobody is offered."""
        return max(self.capacity - self.held, 0)

    def gives_seats(self, today: date) -> bool:
        """Whether a freed seat still goes to somebody."""
        return self.state == "published" and today < self.start_date

    def is_last_call(self, today: date) -> bool:
        return self.gives_seats(today) and today >= self.start_date - timedelta(days=self.last_call_days)

    @property
    def has_room(self) -> bool:
        """Whether somebody who comes now gets a seat: whoever waits comes first."""
        return self.held < self.capacity and not self.waiting

    def status(self, now: datetime, today: date) -> Status:
        """The word that residents know; `today` is the date in Seoul."""
        if self.state in ("cancelled", "suspended"):
            return self.state  # type: ignore[return-value]
        if today > self.end_date:
            return "ended"
        if self.is_taking(now):
            return self._room()
        if now < self.apply_start:
            return "upcoming"
        return "running" if today >= self.start_date else "closed"

    def _room(self) -> Status:
        if self.selection != "first_come" or self.has_room:
            return "open"
        return "waitlist" if self.waiting < self.waitlist_capacity else "full"


def _count(*states: str) -> ColumnElement[int]:
    live = (enrollments.c.course_id == courses.c.id, enrollments.c.ended_at.is_(None))
    return select(func.count()).where(*live, enrollments.c.state.in_(states)).scalar_subquery()


# An offered seat is held until it is taken, declined or lost.
_COUNTS = {"held": _count("confirmed", "offered"), "waiting": _count("waiting"), "applied": _count("applied")}
_COLUMNS: list[ColumnElement[Any]] = [
    _COUNTS[name] if name in _COUNTS else courses.c[name] for name in Course.__dataclass_fields__
]
_COURSE: Select[Any] = select(*_COLUMNS)
_BY_ID = _COURSE.where(courses.c.id == bindparam("id"))
_LOCK = select(courses.c.id).where(courses.c.id == bindparam("id")).with_for_update(key_share=True)
_SHOWN = courses.c.state != "hidden"
_PUBLISHED = courses.c.state == "published"
_NOW: BindParameter[datetime] = bindparam("now", type_=UtcDateTime)
_CAN_STILL_APPLY = or_(courses.c.apply_end >= _NOW, courses.c.apply_start > _NOW)


def _paged(*conditions: ColumnElement[bool], by: ColumnElement[Any] = courses.c.apply_end) -> Select[Any]:
    found = _COURSE.where(*conditions).order_by(by, courses.c.id)
    return found.limit(bindparam("size")).offset(bindparam("skip"))


_OPEN = _paged(_PUBLISHED, courses.c.apply_start <= _NOW, courses.c.apply_end >= _NOW)
_SOON = _paged(_PUBLISHED, courses.c.apply_start > _NOW, by=courses.c.apply_start)
_OUTSIDE_WORK = _paged(_SHOWN, _CAN_STILL_APPLY, courses.c.daypart.in_(("evening", "weekend")))
_WITH_CERTIFICATE = _paged(_SHOWN, _CAN_STILL_APPLY, courses.c.certificate != "")
_IN_CATEGORY = _paged(_SHOWN, _CAN_STILL_APPLY, courses.c.category == bindparam("category"))
_CATEGORIES = select(courses.c.category).where(_SHOWN, _CAN_STILL_APPLY).distinct().order_by(courses.c.category)
_KEPT = [name for name in Course.__dataclass_fields__ if name != "id" and name not in _COUNTS]
_OFFERING = select(courses.c.id).where(
    _PUBLISHED, courses.c.start_date > bindparam("today"), _COUNTS["waiting"] > 0, _COUNTS["held"] < courses.c.capacity
)
_TO_DRAW = (
    select(courses.c.id)
    .join(draws, draws.c.course_id == courses.c.id)
    .where(_PUBLISHED, courses.c.selection == "lottery", courses.c.apply_end < _NOW, draws.c.drawn_at.is_(None))
)
_TOO_FEW = _COURSE.where(
    _PUBLISHED,
    courses.c.apply_end < _NOW,
    courses.c.start_date > bindparam("today"),
    _COUNTS["held"] + _COUNTS["applied"] < courses.c.minimum,
)


def find(tx: Transaction, course_id: int) -> Course | None:
    row = tx.execute(_BY_ID, {"id": course_id}).one_or_none()
    return Course(*row) if row else None


def lock(tx: Transaction, course_id: int) -> Course | None:
    """The course with counts that nobody else can change before this transaction ends."""
    tx.execute(_LOCK, {"id": course_id})
    return find(tx, course_id)


def with_ids(tx: Transaction, ids: Sequence[int]) -> list[Course]:
    """Courses in the order of `ids`."""
    found = {course.id: course for course in _courses(tx, _COURSE.where(courses.c.id.in_(ids)))}
    return [found[course_id] for course_id in ids if course_id in found]


@dataclass(frozen=True)
class Page:
    courses: list[Course]
    has_more: bool


def open_now(tx: Transaction, now: datetime, page: int, size: int) -> Page:
    return _page(tx, _OPEN, page, size, now=now)


def opening_soon(tx: Transaction, now: datetime, page: int, size: int) -> Page:
    return _page(tx, _SOON, page, size, now=now)


def outside_work(tx: Transaction, now: datetime, page: int, size: int) -> Page:
    return _page(tx, _OUTSIDE_WORK, page, size, now=now)


def with_certificate(tx: Transaction, now: datetime, page: int, size: int) -> Page:
    return _page(tx, _WITH_CERTIFICATE, page, size, now=now)


def in_category(tx: Transaction, now: datetime, category: str, page: int, size: int) -> Page:
    return _page(tx, _IN_CATEGORY, page, size, now=now, category=category)


def categories(tx: Transaction, now: datetime) -> list[str]:
    return list(tx.execute(_CATEGORIES, {"now": now}).scalars())


class Offered(NamedTuple):
    """What a course can be found by."""

    id: int
    title: str
    category: str
    certificate: str
    keywords: str


def catalogue(tx: Transaction, today: date) -> tuple[Offered, ...]:
    """All that is shown and hasn't ended, soonest to close first."""
    columns = (courses.c[name] for name in Offered._fields)
    query = select(*columns).where(_SHOWN, courses.c.end_date >= today).order_by(courses.c.apply_end, courses.c.id)
    return tuple(Offered(*row) for row in tx.execute(query))


def exist(tx: Transaction) -> bool:
    return tx.execute(select(courses.c.id).limit(1)).first() is not None


def codes(tx: Transaction) -> dict[str, str]:
    """The numbers of all courses with their titles, the newest first."""
    rows = tx.execute(select(courses.c.code, courses.c.title).order_by(courses.c.id.desc()))
    return {row.code: row.title for row in rows}


def by_code(tx: Transaction, codes: Sequence[str]) -> dict[str, Course]:
    found = _courses(tx, _COURSE.where(courses.c.code.in_(codes)))
    return {course.code: course for course in found}


def save(tx: Transaction, wanted: Sequence[Course]) -> None:
    """Add courses, or change those whose `code` is known; the ids and counts of `wanted` are not looked at."""
    if not wanted:
        return
    add = insert(tx, courses)
    change = {name: add.excluded[name] for name in _KEPT}
    rows = [{name: getattr(course, name) for name in _KEPT} for course in wanted]
    tx.execute(add.on_conflict_do_update(index_elements=["code"], set_=change), rows)


def with_free_seats_and_a_line(tx: Transaction, today: date) -> list[int]:
    return list(tx.execute(_OFFERING, {"today": today}).scalars())


def to_draw(tx: Transaction, now: datetime) -> list[int]:
    """Lotteries whose registration is over and that nobody has drawn."""
    return list(tx.execute(_TO_DRAW, {"now": now}).scalars())


def below_minimum(tx: Transaction, now: datetime, today: date) -> list[Course]:
    """Courses that have closed with fewer people than they need, and haven't begun."""
    return _courses(tx, _TOO_FEW, now=now, today=today)


def cancel(tx: Transaction, course_id: int, reason: str) -> bool:
    """Close a course for good; False when it is closed already."""
    this = (courses.c.id == course_id, courses.c.state != "cancelled")
    return tx.execute(update(courses).where(*this).values(state="cancelled", cancel_reason=reason)).rowcount == 1


def cancelled(tx: Transaction, today: date) -> list[tuple[Course, str]]:
    """Courses that were closed and would not be over yet, each with the reason given."""
    query = _COURSE.add_columns(courses.c.cancel_reason)
    rows = tx.execute(query.where(courses.c.state == "cancelled", courses.c.end_date >= today))
    return [(Course(*row[:-1]), row[-1]) for row in rows]


def _page(tx: Transaction, query: Select[Any], page: int, size: int, **given: object) -> Page:
    found = _courses(tx, query, size=size + 1, skip=page * size, **given)
    return Page(found[:size], len(found) > size)


def _courses(tx: Transaction, query: Select[Any], **given: object) -> list[Course]:
    return [Course(*row) for row in tx.execute(query, given)]

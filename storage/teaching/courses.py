"""Courses, with the counts that decide what a resident can do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, case, func, or_, select, update

from storage.database import Transaction, insert
from storage.engine.prepared import Prepared, Row, Same
from storage.states import HOLDING, OFFLINE, CourseState, EnrollmentState
from storage.tables import UtcDateTime, courses, enrollments, seat_holds, sessions
from storage.teaching.course import Course, of_row


def _count(*states: EnrollmentState, only: ColumnElement[bool] | None = None) -> ColumnElement[int]:
    live = [enrollments.c.course_id == courses.c.id, enrollments.c.ended_at.is_(None)]
    live += [] if only is None else [only]
    return select(func.count()).where(*live, enrollments.c.state.in_(states)).scalar_subquery()


# Who waits for an officer takes nobody's place in the line, and keeps their own.
_UNCHECKED = _count("waiting", only=enrollments.c.unchecked_since.is_not(None))
_IS_OFFLINE = enrollments.c.channel.in_(OFFLINE)


def _offline(*states: EnrollmentState) -> ColumnElement[int]:
    """Only where seats are shared: elsewhere nobody asks, and long lists would wait for it."""
    return case((courses.c.offline_seats > 0, _count(*states, only=_IS_OFFLINE)), else_=0)


_KEPT_SEATS: ColumnElement[int] = (
    select(func.coalesce(func.sum(seat_holds.c.seats - seat_holds.c.used), 0))
    .where(seat_holds.c.course_id == courses.c.id, seat_holds.c.ended_at.is_(None))
    .scalar_subquery()
)
COUNTS: dict[str, ColumnElement[Any]] = {
    "held": _count(*HOLDING),
    "held_offline": _offline(*HOLDING),
    "kept": _KEPT_SEATS,
    "waiting": _count("waiting"),
    "waiting_offline": _offline("waiting"),
    "unchecked": _UNCHECKED,
    "applied": _count("applied"),
    "first_class": select(func.min(sessions.c.starts_at)).where(sessions.c.course_id == courses.c.id).scalar_subquery(),
}
_COLUMNS: list[ColumnElement[Any]] = [
    COUNTS[name] if name in COUNTS else courses.c[name] for name in Course.__dataclass_fields__
]
COURSE: Select[Any] = select(*_COLUMNS)
_BY_ID = Prepared(COURSE.where(courses.c.id == bindparam("id")))
_WITH_IDS = Prepared(COURSE.where(courses.c.id.in_(bindparam("ids", expanding=True))))
_CANCELLED = COURSE.add_columns(courses.c.cancel_reason).where(
    courses.c.state == "cancelled", courses.c.end_date >= bindparam("day")
)
_LOCK = Prepared(select(courses.c.id).where(courses.c.id == bindparam("id")).with_for_update(key_share=True))
_TITLES = select(courses.c.id, courses.c.title).where(courses.c.id.in_(bindparam("ids", expanding=True)))
_SHOWN = courses.c.state != "hidden"
PUBLISHED = courses.c.state == "published"
TAKES_PLACE = courses.c.state != "cancelled"
"""Whether who is in it is owed anything: also where it is hidden from others or takes nobody new."""
NOW: BindParameter[datetime] = bindparam("now", type_=UtcDateTime)
_CAN_STILL_APPLY = or_(courses.c.apply_end >= NOW, courses.c.apply_start > NOW)


def _paged(*conditions: ColumnElement[bool], by: ColumnElement[Any] = courses.c.apply_end) -> Prepared:
    found = COURSE.where(*conditions).order_by(by, courses.c.id)
    return Prepared(found.limit(bindparam("size")).offset(bindparam("skip")))


IS_FREE = COUNTS["held"] + _KEPT_SEATS < courses.c.capacity
_IS_SHARED = (courses.c.offline_seats > 0) & (courses.c.offline_until > NOW)
_HELD_ONLINE, _WAITING_ONLINE = (COUNTS[each] - COUNTS[f"{each}_offline"] for each in ("held", "waiting"))
_HAS_ROOM_ONLINE = case(
    (_IS_SHARED, (courses.c.capacity - courses.c.offline_seats > _HELD_ONLINE) & (_WAITING_ONLINE == 0)),
    else_=COUNTS["waiting"] == 0,
)
_HAS_PLACE = or_(
    courses.c.selection != "first_come",
    IS_FREE & _HAS_ROOM_ONLINE,
    COUNTS["waiting"] - _UNCHECKED < courses.c.waitlist_capacity,
)
IS_OPEN = and_(PUBLISHED, courses.c.apply_start <= NOW, courses.c.apply_end >= NOW, _HAS_PLACE)
"""Whether somebody can register or wait now by themselves; takes `now`."""
_OPEN = _paged(IS_OPEN)
_SOON = _paged(PUBLISHED, courses.c.apply_start > NOW, by=courses.c.apply_start)
_OUTSIDE_WORK = _paged(_SHOWN, _CAN_STILL_APPLY, courses.c.daypart.in_(("evening", "weekend")))
_WITH_CERTIFICATE = _paged(_SHOWN, _CAN_STILL_APPLY, courses.c.certificate != "")
_IN_CATEGORY = _paged(_SHOWN, _CAN_STILL_APPLY, courses.c.category == bindparam("category"))
_CATEGORIES = Prepared(
    select(courses.c.category).where(_SHOWN, _CAN_STILL_APPLY).distinct().order_by(courses.c.category)
)
_KEPT = [name for name in Course.__dataclass_fields__ if name != "id" and name not in COUNTS]


def find(tx: Transaction, course_id: int, language: str = "ko") -> Course | None:
    row = _BY_ID.first(tx, id=course_id)
    return of_row(row).in_(language) if row else None


def get(tx: Transaction, course_id: int, language: str = "ko") -> Course:
    """A course that must be there, as something refers to it."""
    (row,) = _BY_ID.all(tx, id=course_id)
    return of_row(row).in_(language)


def lock(tx: Transaction, course_id: int, language: str = "ko") -> Course:
    """The course with counts that nobody else can change before this transaction ends."""
    _LOCK.first(tx, id=course_id)
    return get(tx, course_id, language)


def with_ids(tx: Transaction, ids: Sequence[int]) -> list[Course]:
    """Courses in the order of `ids`."""
    found = {row[0]: of_row(row) for row in _WITH_IDS.all(tx, ids=list(ids))} if ids else {}
    return [found[course_id] for course_id in ids if course_id in found]


def titles(tx: Transaction, ids: Collection[int]) -> dict[int, str]:
    return {row.id: row.title for row in tx.execute(_TITLES, {"ids": list(ids)})} if ids else {}


def codes_of(tx: Transaction, ids: Collection[int]) -> dict[int, str]:
    """The numbers of these courses."""
    rows = tx.execute(select(courses.c.id, courses.c.code).where(courses.c.id.in_(ids)))
    return {row.id: row.code for row in rows}


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
    return [category for (category,) in _CATEGORIES.all(tx, now=now)]


class Offered(NamedTuple):
    """What a course can be found by; fees are won."""

    id: int
    title: str
    category: str
    certificate: str
    keywords: tuple[str, ...]
    title_en: str
    certificate_en: str
    state: str
    venue: str
    directions: str
    weekdays: tuple[int, ...]
    start_time: time
    start_date: date
    end_date: date
    apply_start: datetime
    apply_end: datetime
    material_fee: int
    textbook_fee: int
    exam_fee: int

    @property
    def fees(self) -> int:
        return self.material_fee + self.textbook_fee + self.exam_fee

    def can_still_apply(self, now: datetime) -> bool:
        return self.state == "published" and now <= self.apply_end


# Put in order when they are read: SQLite would go through all that ever were to have them in it.
_CATALOGUE = Prepared(
    select(*(courses.c[name] for name in Offered._fields)).where(_SHOWN, courses.c.end_date >= bindparam("today"))
)


def catalogue(tx: Transaction, today: date) -> Same[Offered]:
    """All that is shown and hasn't ended, soonest to close first."""
    return _CATALOGUE.same(tx, _in_order, today=today)


def _in_order(rows: Sequence[Row]) -> Same[Offered]:
    return Same(sorted((Offered(*row) for row in rows), key=lambda each: (each.apply_end, each.id)))


class Brief(NamedTuple):
    """What a list of courses is filtered and put in order by."""

    id: int
    code: str
    title: str
    term: str
    venue: str
    instructor: str
    state: str
    apply_start: datetime
    apply_end: datetime
    start_date: date
    end_date: date


_BRIEF = select(*(courses.c[name] for name in Brief._fields))


def briefs(tx: Transaction) -> list[Brief]:
    """All courses, without their counts."""
    return [Brief(*row) for row in tx.execute(_BRIEF)]


def exist(tx: Transaction) -> bool:
    return tx.execute(select(courses.c.id).limit(1)).first() is not None


def codes(tx: Transaction) -> dict[str, str]:
    """The numbers of all courses with their titles, the newest first."""
    rows = tx.execute(select(courses.c.code, courses.c.title).order_by(courses.c.id.desc()))
    return {row.code: row.title for row in rows}


def id_of(tx: Transaction, code: str) -> int | None:
    return tx.execute(select(courses.c.id).where(courses.c.code == code)).scalar()


def venues(tx: Transaction) -> list[str]:
    """As courses that take place have them, each once."""
    return list(tx.execute(select(courses.c.venue).where(TAKES_PLACE).distinct()).scalars())


def by_code(tx: Transaction, codes: Sequence[str]) -> dict[str, Course]:
    found = read(tx, COURSE.where(courses.c.code.in_(codes)))
    return {course.code: course for course in found}


def save(tx: Transaction, wanted: Sequence[Course]) -> None:
    """Add courses, or change those whose `code` is known; the ids and counts of `wanted` are not looked at."""
    if not wanted:
        return
    add = insert(tx, courses)
    change = {name: add.excluded[name] for name in _KEPT}
    rows = [{name: getattr(course, name) for name in _KEPT} for course in wanted]
    tx.execute(add.on_conflict_do_update(index_elements=["code"], set_=change), rows)


def set_state(tx: Transaction, course_id: int, state: CourseState) -> None:
    """The course must be locked."""
    tx.execute(update(courses).where(courses.c.id == course_id).values(state=state))


def cancel(tx: Transaction, course_id: int, reason: str) -> bool:
    """Close a course for good; False when it is closed already."""
    this = (courses.c.id == course_id, courses.c.state != "cancelled")
    return tx.execute(update(courses).where(*this).values(state="cancelled", cancel_reason=reason)).rowcount == 1


def grow(tx: Transaction, course_id: int) -> None:
    """One seat more. The course must be locked."""
    tx.execute(update(courses).where(courses.c.id == course_id).values(capacity=courses.c.capacity + 1))


def cancelled(tx: Transaction, today: date) -> list[tuple[Course, str]]:
    """Courses that were closed and would not be over yet, each with the reason given."""
    return [(of_row(row[:-1]), row[-1]) for row in tx.execute(_CANCELLED, {"day": today})]


def _page(tx: Transaction, query: Prepared, page: int, size: int, **given: object) -> Page:
    found = [of_row(row) for row in query.all(tx, size=size + 1, skip=page * size, **given)]
    return Page(found[:size], len(found) > size)


def read(tx: Transaction, query: Select[Any], **given: object) -> list[Course]:
    return [of_row(row) for row in tx.execute(query, given)]

"""What a report is made from: courses of a half-year that have begun, with how many applied, came and completed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.calendar import terms
from handlers.staff.desk.desk import Desk
from handlers.staff.year.counted.words import NO_CATEGORY
from storage.database import Transaction
from storage.states import Daypart
from storage.year import became, entries, taught
from storage.year.entries import PastCourse
from storage.year.taught import Application, Taught


@dataclass(frozen=True)
class Line:
    """A course as a report counts it; a count that is None isn't known, or isn't yet."""

    title: str
    code: str  # "" of one before the service
    half: int | None
    category: str
    operation: str
    daypart: Daypart
    counts_toward_kpi: bool
    capacity: int | None
    applied: int | None
    opened: int | None  # who had a seat on the day on which it began
    completed: int | None
    acquired: int | None


@dataclass(frozen=True)
class Given:
    """`half` is 1 or 2, or None for the whole year. `lines` are of `courses`, then of `past`."""

    tx: Transaction
    desk: Desk
    year: int
    half: int | None
    courses: tuple[Taught, ...]
    closed: tuple[Taught, ...]  # for good, of the same time
    past: tuple[PastCourse, ...]
    applications: Mapping[int, Sequence[Application]]
    lines: tuple[Line, ...]

    @property
    def ids(self) -> list[int]:
        return [each.id for each in self.courses]

    @property
    def zone(self) -> ZoneInfo:
        return self.desk.organization.timezone

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the time that is reported."""
        first = date(self.year, 7 if self.half == 2 else 1, 1)
        return first, date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From when on, and before when."""
        first, last = self.days
        after = datetime.combine(last + timedelta(days=1), time(), self.zone)
        return datetime.combine(first, time(), self.zone), after

    @property
    def name(self) -> str:
        return called(self.year, self.half)

    def opened(self, course: Taught) -> list[Application]:
        """Who had a seat on the day on which it began."""
        at = min(course.opening(self.zone), self.desk.now)
        return [each for each in self.applications.get(course.id, ()) if each.was_seated(at)]


def called(year: int, half: int | None) -> str:
    return f"{year}년 {('상반기', '하반기')[half - 1]}" if half else f"{year}년"


def half_of(course: Taught) -> int:
    """Of its term, or where that is called otherwise of the day on which it begins."""
    found = terms.half_of(course.term)
    return found[1] if found else 1 if course.start_date.month <= 6 else 2


def read(tx: Transaction, desk: Desk, year: int, half: int | None) -> Given:
    found = [each for each in taught.of_year(tx, year) if half in (None, half_of(each))]
    ran = tuple(each for each in found if each.has_run(desk.today))
    past = tuple(each for each in entries.all_of(tx, PastCourse, [year]) if half in (None, each.half))
    given = Given(
        tx, desk, year, half, ran, tuple(each for each in found if each.state == "cancelled"), past,
        taught.applications(tx, year), (),
    )  # fmt: skip
    acquired = became.acquired(tx, given.ids)
    lines = [_line(given, each, acquired) for each in ran]
    return Given(**{**vars(given), "lines": (*lines, *map(_of_past, past))})


def _line(given: Given, course: Taught, acquired: Mapping[int, int]) -> Line:
    all_of = given.applications.get(course.id, ())
    return Line(
        title=course.title,
        code=course.code,
        half=half_of(course),
        category=course.category or NO_CATEGORY,
        operation=course.operation,
        daypart=course.daypart,
        counts_toward_kpi=course.counts_toward_kpi,
        capacity=course.capacity,
        applied=len({each.resident_id for each in all_of}),
        opened=len(given.opened(course)),
        completed=_completed(all_of),
        acquired=acquired.get(course.id, 0) if course.certificate else None,
    )


def _completed(all_of: Collection[Application]) -> int | None:
    """None before it is said of anybody whether they completed it."""
    is_said = any(each.state in ("completed", "not_completed") for each in all_of)
    return sum(each.state == "completed" for each in all_of) if is_said else None


def _of_past(one: PastCourse) -> Line:
    return Line(
        title=one.title,
        code="",
        half=one.half,
        category=one.category or NO_CATEGORY,
        operation=one.operation,
        daypart=one.daypart,
        counts_toward_kpi=one.counts_toward_kpi,
        capacity=one.capacity,
        applied=one.applied,
        opened=one.seated,
        completed=one.completed,
        acquired=one.acquired,
    )


def total(counts: Iterable[int | None]) -> int | None:
    """Of those that are known; None where none is."""
    known = [each for each in counts if each is not None]
    return sum(known) if known else None


def pair(lines: Iterable[Line], part: str, whole: str) -> tuple[int, int]:
    """Two counts of the lines in which both are known, so that a rate is of the same courses."""
    both = [(getattr(each, part), getattr(each, whole)) for each in lines]
    known = [(of, out_of) for of, out_of in both if of is not None and out_of is not None]
    return sum(of for of, _ in known), sum(out_of for _, out_of in known)

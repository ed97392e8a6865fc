"""What of each year was reached, by its indicators: courses that ran, who completed them, who has a qualification."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.staff.desk.desk import Desk
from handlers.staff.year import period
from handlers.staff.year.figures import IndicatorFigures, OfYear, Source
from handlers.staff.year.period import Period
from storage.database import Transaction
from storage.states import Counted, Daypart
from storage.year import counted, entries
from storage.year.counted import Held
from storage.year.entries import Indicator, PastCourse, Target

ByYear = Mapping[int, tuple[Source, ...]]
COUNTED: Mapping[Counted, str] = {
    "courses": "과정",
    "completers": "수료",
    "certificates": "자격 취득",
    "placed": "취업",
}
DAYPARTS: Mapping[Daypart, str] = {"day": "주", "evening": "야", "weekend": "주말"}
_PAST: Mapping[Counted, str] = {"completers": "completed", "certificates": "acquired", "placed": "placed"}


@dataclass(frozen=True)
class Ran:
    """What counts of a period: courses, each with its year, and those of before the service."""

    courses: tuple[tuple[int, Held], ...]
    before: tuple[PastCourse, ...]

    @property
    def listed(self) -> Iterator[tuple[int, int | None, Source, int]]:
        """Year, half-year, what it is called, and its id; day and evening classes of one title are told apart."""
        rows = [(each.year, each.half, each.title, each.daypart, "past", f"{each.id}", each.id) for each in self.before]
        for _, each in self.courses:
            rows.append((*period.half_year(each), each.title, each.daypart, "course", each.code, each.id))
        titles = Counter((year, half, title) for year, half, title, *_ in rows)
        for year, half, title, daypart, kind, key, number in rows:
            is_alone = titles[year, half, title] == 1
            called = title if is_alone else f"{title}({DAYPARTS[daypart]})"
            yield year, half, Source(kind, key, called), number


def indicators(tx: Transaction, desk: Desk, year: int) -> tuple[IndicatorFigures, ...]:
    """Year by year of the term in which it lies, until its end."""
    when = period.of(tx, desk, year)
    return of_period(tx, when, ran(tx, when))


def of_period(tx: Transaction, when: Period, found: Ran) -> tuple[IndicatorFigures, ...]:
    known = entries.all_of(tx, Indicator)
    targets = {(each.indicator_id, each.year): each.target for each in entries.all_of(tx, Target, when.years)}
    by_kind = {kind: by_year(tx, when, kind, found) for kind in {each.counts for each in known}}
    return tuple(
        IndicatorFigures(each, tuple(_of_year(each, year, targets, when, by_kind[each.counts]) for year in when.years))
        for each in known
    )


def ran(tx: Transaction, when: Period) -> Ran:
    return Ran(tuple(_courses(tx, when)), tuple(_past(tx, when)))


def _of_year(
    indicator: Indicator, year: int, targets: Mapping[tuple[int, int], int], when: Period, found: ByYear
) -> OfYear:
    target = targets.get((indicator.id, year))
    if year not in when.counted:
        return OfYear(year, target, None)
    sources = found.get(year, ())
    return OfYear(year, target, sum(each.count for each in sources), sources)


def _courses(tx: Transaction, when: Period) -> Iterator[tuple[int, Held]]:
    """Neither cancelled nor hidden, and begun by then; day and evening are two. A term may begin after its year."""
    for each in counted.begun(tx, when.since, when.today):
        year = period.half_year(each)[0]
        begins = min(each.start_date, period.last_day(year))
        if each.counts_toward_kpi and year in when.counted and begins <= when.until:
            yield year, each


def _past(tx: Transaction, when: Period) -> Iterator[PastCourse]:
    """Of a year that isn't over, only those of halves that have begun."""
    for each in entries.all_of(tx, PastCourse, when.counted):
        if each.counts_toward_kpi and _begins(each) <= when.until:
            yield each


def _begins(course: PastCourse) -> date:
    return date(course.year, 7 if course.half == 2 else 1, 1)


def by_year(tx: Transaction, when: Period, kind: Counted, found: Ran) -> ByYear:
    """The rows that are counted, those alone of which there is anything to count."""
    counts = _counts(tx, when, kind, found.before)
    by: dict[int, list[Source]] = {}
    for year, _, source, number in found.listed:
        count = 1 if kind == "courses" else counts.get((source.kind, number), 0)
        if count:
            by.setdefault(year, []).append(replace(source, count=count))
    return {year: tuple(sources) for year, sources in by.items()}


def _counts(tx: Transaction, when: Period, kind: Counted, before: Sequence[PastCourse]) -> dict[tuple[str, int], int]:
    """By kind of row and its id."""
    if kind == "courses":
        return {}
    ways = {"completers": counted.completers, "certificates": counted.acquirers, "placed": counted.placed}
    of_before = {("past", each.id): getattr(each, _PAST[kind]) or 0 for each in before}
    of_courses = ways[kind](tx, when.since, when.today)
    return of_before | {("course", number): count for number, count in of_courses.items()}


def unknown(before: Sequence[PastCourse], kind: Counted) -> int:
    """Of how many past courses nobody knows the count."""
    return 0 if kind == "courses" else sum(getattr(each, _PAST[kind]) is None for each in before)

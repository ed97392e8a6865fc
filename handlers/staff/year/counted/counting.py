"""What of each year was reached, by its indicators: courses that ran, who completed them, who has a qualification."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.staff.desk.desk import Desk
from handlers.staff.year.counted import period
from handlers.staff.year.counted.figures import IndicatorFigures, OfYear, Source
from handlers.staff.year.counted.period import Period
from storage.database import Transaction
from storage.states import Counted, Daypart
from storage.year import counted, entries
from storage.year.counted import Held
from storage.year.entries import Indicator, PastCourse, Target

ByYear = Mapping[int, tuple[Source, ...]]
DAYPARTS: Mapping[Daypart, str] = {"day": "주", "evening": "야", "weekend": "주말"}
_PAST: Mapping[Counted, str] = {"completers": "completed", "certificates": "acquired", "placed": "placed"}


@dataclass(frozen=True)
class Listed:
    """A course that counts, or one of before; `half` is None where it isn't known."""

    year: int
    half: int | None
    source: Source
    id: int


@dataclass(frozen=True)
class Ran:
    """What counts of a period: courses, each with its year, and those of before the service; `listed` is both."""

    courses: tuple[tuple[int, Held], ...]
    before: tuple[PastCourse, ...]
    listed: tuple[Listed, ...]


def indicators(tx: Transaction, desk: Desk, year: int) -> tuple[IndicatorFigures, ...]:
    """Year by year of the term in which it lies, until its end."""
    when = period.of(tx, desk, year)
    return of_period(tx, when, ran(tx, when))


def of_period(tx: Transaction, when: Period, found: Ran) -> tuple[IndicatorFigures, ...]:
    known = entries.all_of(tx, Indicator)
    targets = {(each.indicator_id, each.year): each.target for each in entries.all_of(tx, Target, when.years)}
    kinds = {each.counts for each in known}
    of_completers = counted.of_completers(tx, when.since, when.begun, kinds)
    by_kind = {kind: _by_year(kind, found, of_completers.get(kind, {})) for kind in kinds}
    return tuple(
        IndicatorFigures(each, tuple(_of_year(each, year, targets, when, by_kind[each.counts]) for year in when.years))
        for each in known
    )


def ran(tx: Transaction, when: Period) -> Ran:
    courses, before = tuple(_courses(tx, when)), tuple(_past(tx, when))
    return Ran(courses, before, tuple(_listed(courses, before)))


def _listed(courses: Sequence[tuple[int, Held]], before: Sequence[PastCourse]) -> Iterator[Listed]:
    """Day and evening classes of one title are told apart by their names."""
    rows = [(each.year, each.half, each.title, each.daypart, "past", f"{each.id}", each.id) for each in before]
    for _, each in courses:
        rows.append((*period.half_year(each), each.title, each.daypart, "course", each.code, each.id))
    titles = Counter(row[:3] for row in rows)
    for year, half, title, daypart, kind, key, number in rows:
        called = title if titles[year, half, title] == 1 else f"{title}({DAYPARTS[daypart]})"
        yield Listed(year, half, Source(kind, key, called), number)


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
    for each in counted.begun(tx, when.since, when.begun):
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


def _by_year(kind: Counted, found: Ran, of_courses: Mapping[int, int]) -> ByYear:
    """The rows that are counted, those alone of which there is anything to count."""
    counts = _counts(kind, found, of_courses)
    by: dict[int, list[Source]] = {}
    for each in found.listed:
        if count := counts[each.source.kind, each.id]:
            one = each.source
            counted_so = one if count == one.count else Source(one.kind, one.key, one.title, count)
            by.setdefault(each.year, []).append(counted_so)
    return {year: tuple(sources) for year, sources in by.items()}


def _counts(kind: Counted, found: Ran, of_courses: Mapping[int, int]) -> dict[tuple[str, int], int]:
    """By kind of row and its id: of each that ran one, or how many people."""
    if kind == "courses":
        return {(each.source.kind, each.id): 1 for each in found.listed}
    of_before = {("past", each.id): getattr(each, _PAST[kind]) or 0 for each in found.before}
    return of_before | {("course", each.id): of_courses.get(each.id, 0) for _, each in found.courses}


def unknown(before: Sequence[PastCourse], kind: Counted) -> int:
    """Of how many past courses nobody knows the count."""
    return 0 if kind == "courses" else sum(getattr(each, _PAST[kind]) is None for each in before)

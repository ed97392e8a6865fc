"""Part 2, 과정별 운영 현황: seats, applications, who came, completed and acquired a qualification, course by course."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from handlers.staff.desk.told import Table
from handlers.staff.year.counted.figures import percent
from handlers.staff.year.counted.words import DAYPARTS, competition, count, rate
from handlers.staff.year.reports import charts
from handlers.staff.year.reports.report import Chart, Section
from handlers.staff.year.reports.sections.given import Given, Line, pair, total
from storage.year import entries
from storage.year.entries import PastCourse

TITLE = "과정별 운영 현황"
COUNTS = ("정원", "신청", "경쟁률", "선정", "수료", "수료율", "취득", "취득률")
COLUMNS = ("과정", "주야", "운영", *COUNTS)
HOW = (
    "선정은 개강한 날 자리를 받은 분, 수료율은 수료 ÷ 선정, 취득률은 취득 ÷ 수료(자격증 과정만)입니다.",
    "신청은 한 과정에 여러 번 신청한 분도 한 번만 셉니다.",
)
UNKNOWN = "‘-’는 없거나 아직 모르는 수입니다. 합계의 비율은 두 수를 모두 아는 과정만으로 계산합니다."


def section(given: Given) -> Section:
    if not given.lines:
        return Section(TITLE, missing=f"{given.name}에 시작한 과정이 없습니다.")
    lines = given.lines
    tables = (Table((*map(_row, lines), ("계", "", "", *counts(lines))), COLUMNS, title="과정별"), *groups(lines))
    return Section(TITLE, (*HOW, UNKNOWN, *_without_half(given)), tables, tuple(_charts(lines)))


def _without_half(given: Given) -> Iterator[str]:
    """Of courses before the service it may be known only in which year they were."""
    of_year = entries.all_of(given.tx, PastCourse, [given.year]) if given.half else []
    unknown = sum(each.half is None for each in of_year)
    if unknown:
        yield f"반기를 모르는 과정 {unknown}개는 {given.year}년 전체 보고에만 나옵니다."


def counts(lines: Sequence[Line]) -> tuple[str, ...]:
    """Of one course or of several together."""
    applied, capacity = pair(lines, "applied", "capacity")
    completion, acquiring = pair(lines, "completed", "opened"), pair(lines, "acquired", "completed")
    sums = {name: count(total(getattr(each, name) for each in lines)) for name in _NAMES}
    return (
        sums["capacity"], sums["applied"], competition(applied, capacity), sums["opened"], sums["completed"],
        rate(*completion), sums["acquired"], rate(*acquiring),
    )  # fmt: skip


_NAMES = ("capacity", "applied", "opened", "completed", "acquired")


def _row(line: Line) -> tuple[str, ...]:
    aside = "" if line.counts_toward_kpi else " [실적 제외]"
    title = f"{line.title}({line.code})" if line.code else line.title
    return f"{title}{aside}", DAYPARTS[line.daypart], line.operation or "-", *counts([line])


def groups(lines: Sequence[Line]) -> Iterator[Table]:
    """The same sums by field, by day and evening, and by who ran them."""
    ways: Sequence[tuple[str, Callable[[Line], str]]] = (
        ("분야", lambda each: each.category),
        ("주야", lambda each: DAYPARTS[each.daypart]),
        ("운영", lambda each: each.operation or "-"),
    )
    for name, way in ways:
        of = grouped(lines, way)
        rows = tuple((each, f"{len(group):,}", *counts(group)) for each, group in of.items())
        if len(rows) > 1:
            yield Table(rows, (name, "과정", *COUNTS), title=f"{name}별")


def grouped(lines: Iterable[Line], way: Callable[[Line], str]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for each in lines:
        found.setdefault(way(each), []).append(each)
    return dict(sorted(found.items(), key=lambda each: -len(each[1])))


def _charts(lines: Sequence[Line]) -> Iterator[Chart]:
    """By field, as a year has too many courses for bars that can be read."""
    of = grouped(lines, lambda each: each.category)
    asked = {name: pair(group, "applied", "capacity") for name, group in of.items()}
    bars = [(name, 100 * applied / seats) for name, (applied, seats) in asked.items() if seats]
    if bars:
        yield charts.bars("분야별 정원 대비 신청", bars, "%")
    done = {name: percent(*pair(group, "completed", "opened")) for name, group in of.items()}
    if found := [(name, float(each)) for name, each in done.items() if each is not None]:
        yield charts.bars("분야별 수료율", found, "%")

"""Part 7, 홍보 실적: what was done to make courses known, and what came of each flyer, poster and link."""

from collections.abc import Iterable, Sequence

from handlers.staff.desk.told import Table
from handlers.staff.promotion import sources
from handlers.staff.year.counted.words import count
from handlers.staff.year.entries.cells.words import PROGRESS
from handlers.staff.year.reports import charts
from handlers.staff.year.reports.report import Section
from handlers.staff.year.reports.sections import noted
from handlers.staff.year.reports.sections.given import Given
from storage.year import became, entries
from storage.year.became import Brought
from storage.year.entries import Promotion

TITLE = "홍보 실적"
NO_ORIGIN = Brought("", 0, 0, 0, 0)
CHARTED = 8


def section(given: Given) -> Section:
    brought = became.brought(given.tx, given.ids)
    done = [each for each in entries.all_of(given.tx, Promotion, [given.year]) if _is_of(given, each)]
    written = tuple(noted.of_kind(given, "press", "건"))
    if not (brought or done or written):
        return Section(TITLE, missing="적어 둔 홍보도, 코드로 온 신청도 없습니다.")
    tables = (*_done(done, brought), *_origins(given, brought))
    bars = [(_name(given, each), float(each.applied)) for each in brought[:CHARTED] if each.applied]
    return Section(
        TITLE, (*written, *_lines(brought)), tables, (charts.bars("온 곳별 신청", bars, "건"),) if bars else ()
    )


def _is_of(given: Given, one: Promotion) -> bool:
    first, last = given.days
    return one.day is None or first <= one.day <= last


def _lines(brought: Sequence[Brought]) -> Iterable[str]:
    if brought:
        applied, seats = sum(each.applied for each in brought), sum(each.seats for each in brought)
        yield f"온 곳을 아는 신청 {applied:,}건, 그 가운데 자리를 받은 것 {seats:,}건입니다."
        yield sources.NOTES[1]


def _done(done: Sequence[Promotion], brought: Sequence[Brought]) -> Iterable[Table]:
    came = {each.origin: each for each in brought}
    rows = []
    for each in done:
        of = came.get(each.origin, NO_ORIGIN)
        day = f"{each.day.month}. {each.day.day}." if each.day else "-"
        rows.append(
            (day, each.medium, each.what, PROGRESS[each.state], count(of.looks), count(of.applied), count(of.seats))
        )
    if rows:
        yield Table(tuple(rows), ("날짜", "매체", "내용", "상태", "열어 봄", "신청", "자리"), title="한 일과 그 결과")


def _origins(given: Given, brought: Sequence[Brought]) -> Iterable[Table]:
    rows = tuple(
        (_name(given, each), count(each.looks), count(each.applied), count(each.seats), count(each.completed))
        for each in brought
    )
    if rows:
        yield Table(rows, ("온 곳", "열어 봄", "신청", "자리", "수료"), title="온 곳별")


def _name(given: Given, one: Brought) -> str:
    return sources.names(given.tx).get(one.origin, one.origin)

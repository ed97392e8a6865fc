"""Part 10, 문제점과 개선: as officers wrote them down, and what figures say is difficult."""

from collections.abc import Iterator

from handlers.staff.desk.told import Table
from handlers.staff.year.counted.words import rate
from handlers.staff.year.entries.cells.words import PROGRESS
from handlers.staff.year.reports.report import Section
from handlers.staff.year.reports.sections.given import Given
from storage.year import entries
from storage.year.entries import Problem

TITLE = "문제점과 개선"
FEW = 0.7  # of those who came, below which so few completed that it is told


def section(given: Given) -> Section:
    found = entries.all_of(given.tx, Problem, [given.year])
    lines = tuple(_lines(given))
    if not (found or lines):
        return Section(TITLE, missing="적어 둔 문제점이 없습니다.")
    rows = tuple((each.problem, each.measure, PROGRESS[each.state]) for each in found)
    return Section(TITLE, lines, (Table(rows, ("문제점", "대책", "상태"), title="적어 둔 것"),) if rows else ())


def _lines(given: Given) -> Iterator[str]:
    if given.closed:
        yield f"폐강한 과정 {len(given.closed)}개: {', '.join(each.title for each in given.closed)}"
    few = [
        each
        for each in given.lines
        if each.completed is not None and each.opened and each.completed < FEW * each.opened
    ]
    if few:
        named = ", ".join(f"{each.title}({rate(each.completed, each.opened)})" for each in few)
        yield f"수료율이 70%가 안 되는 과정 {len(few)}개: {named}"
    empty = [
        each for each in given.lines if each.capacity and each.applied is not None and each.applied < each.capacity
    ]
    if empty:
        yield f"정원만큼 신청이 없던 과정 {len(empty)}개: {', '.join(each.title for each in empty)}"

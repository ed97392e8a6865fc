"""The report on a half-year laid out: its parts in their order, numbered, with their tables and charts."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.documents.papers.paper import Align, Bars, Block, Cell, Grid, Heading, Lines, Paper, figure, head
from handlers.language.letters.widths import width
from handlers.staff.desk.told import Table
from handlers.staff.year.reports.report import Chart, Report, Section

NUMBER = re.compile("0|-?[1-9][0-9]{0,2}(?:,?[0-9]{3}){0,5}")
MEASURED = re.compile(r"-|-?[0-9.,]+ ?: ?1|-?[0-9][0-9,.]*\s?(?:%|명|건|회|점|원|시간|개|반)?")
NARROWEST, WIDEST = 4, 32  # signs, of a column


def lay_out(report: Report) -> Paper:
    parts = [each for number, one in enumerate(report.sections, 1) for each in _section(number, one)]
    return Paper(report.title, tuple(parts), report.title)


def numbered(number: int, section: Section) -> str:
    return f"{number}. {section.title}"


def named(report: Report) -> Iterator[Table]:
    """Its tables, and charts as tables, each with the name of its part."""
    for section in report.sections:
        for each in (*section.tables, *map(_charted, section.charts)):
            yield replace(each, title=f"{section.title} - {each.title}" if each.title else section.title)


def _section(number: int, section: Section) -> Iterator[Block]:
    yield Heading(numbered(number, section))
    if section.missing:
        yield Lines((section.missing,))
        return
    if section.lines:
        yield Lines(section.lines, mark="○")
    for table in section.tables:
        yield from _table(table, "" if table.title == section.title else table.title)
    for chart in section.charts:
        yield Bars(chart.title, chart.bars, chart.unit, chart.words)


def _table(table: Table, title: str) -> Iterator[Block]:
    columns = max((len(table.columns), *(len(row) for row in table.rows)))
    if not columns:
        return
    padded = [(*row, *("",) * (columns - len(row))) for row in table.rows]
    sides = [_side([row[place] for row in padded]) for place in range(columns)]
    rows = [tuple(_cell(words, side) for words, side in zip(row, sides, strict=True)) for row in padded]
    top = (
        [tuple(head(name) for name in (*table.columns, *("",) * (columns - len(table.columns))))]
        if table.columns
        else []
    )
    said = [*([table.columns] if table.columns else []), *padded]
    yield Grid((*top, *rows), tuple(_room(said, place) for place in range(columns)), len(top), title)
    if table.left_out:
        yield Lines((f"이 밖에 {table.left_out}건",), is_small=True)


def _cell(words: str, side: Align) -> Cell:
    """Numbers that are counted are numbers."""
    is_number = NUMBER.fullmatch(words) is not None
    return Cell(words, int(words.replace(",", "")) if is_number else None, "#,##0" if is_number else "", align=side)


def _side(words: list[str]) -> Align:
    said = [each for each in words if each]
    return "right" if said and all(MEASURED.fullmatch(each) for each in said) else "left"


def _room(rows: list[tuple[str, ...]], place: int) -> int:
    longest = max((width(line) for row in rows if place < len(row) for line in row[place].split("\n")), default=0)
    return min(max(longest, NARROWEST), WIDEST) + 2


def _charted(chart: Chart) -> Table:
    rows = tuple((name, f"{figure(value)}{chart.unit}") for name, value in chart.bars)
    return Table(rows, ("항목", "값"), chart.title)

"""A report as officers are told anything: its parts numbered, one below the other."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.staff.desk.told import Listing, Table, Told
from handlers.staff.year.reports.report import Report, Section


def of_report(report: Report) -> Told:
    parts = list(enumerate(report.sections, 1))
    return Told(report.title, tables=tuple(table for number, part in parts for table in _tables(number, part)))


def _tables(number: int, part: Section) -> Iterator[Table | Listing]:
    name = f"{number}. {part.title}"
    lines = (part.missing,) if part.missing else part.lines
    yield Listing(lines, name)
    for each in part.tables:
        yield replace(each, title=f"{name}: {each.title}" if each.title else name)

"""The report on a half-year as files: one layout, set as a workbook, a file of 한글, PDF, and data."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace

from bot.documents.half_year.layout import lay_out, named, numbered
from bot.documents.papers import hangul, pages
from bot.documents.papers.columns import Columns
from bot.documents.papers.paper import Heading
from handlers.staff.desk.told import Told
from handlers.staff.reports import lists
from handlers.staff.year.reports.report import Report


def write(report: Report, suffix: str) -> bytes:
    """A file of this kind. KeyError where there is none."""
    return WRITERS[suffix](report)


def _book(report: Report) -> bytes:
    """A sheet for each part."""
    from bot.documents.papers import workbook

    book = workbook.Book()
    for number, section in enumerate(report.sections, 1):
        blocks = lay_out(replace(report, sections=(section,))).blocks[1:]
        book.add(f"{number}. {section.title}", (Heading(numbered(number, section), 1), *blocks), Columns(blocks))
    return book.to_bytes()


def _as_json(report: Report) -> bytes:
    return json.dumps(asdict(report), ensure_ascii=False, indent=1).encode()


def _as_csv(report: Report) -> bytes:
    """The tables, of which each row tells which it is of."""
    return lists.separated(Told(report.title, tables=tuple(named(report))))


WRITERS: dict[str, Callable[[Report], bytes]] = {
    ".xlsx": _book,
    ".hwpx": lambda report: hangul.write(lay_out(report)),
    ".pdf": lambda report: pages.write(lay_out(report)),
    ".json": _as_json,
    ".csv": _as_csv,
}
SUFFIXES = tuple(WRITERS)

"""Entries of years as a file that is brought back unchanged: a workbook, a .csv of one sort, or JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

from handlers.staff.desk.declined import Declined
from handlers.staff.files import workbook
from handlers.staff.files.columns import Column
from handlers.staff.files.workbook import Page
from handlers.staff.year.entries import listing, writing
from handlers.staff.year.entries.sorts import Sort
from storage.database import Transaction

KINDS = (".xlsx", ".csv", ".json")
ADVICE = "고쳐서 다시 등록하면 고친 줄만 바뀝니다."


def pages(tx: Transaction, sorts: Sequence[Sort], year: int | None = None) -> list[Page]:
    """A sheet for each sort; of one year, or of all."""
    return [
        Page(sort.title, sort.columns, writing.cells(tx, sort, listing.of_year(tx, sort, year)), ADVICE)
        for sort in sorts
    ]


def written(tx: Transaction, sorts: Sequence[Sort], suffix: str, year: int | None = None) -> bytes:
    """In the kind of file that is named so; a .csv holds one sort."""
    if suffix not in KINDS:
        raise Declined(f"{suffix or '이름'}: {'·'.join(KINDS)} 파일로만 만들 수 있습니다. 파일 이름을 고쳐 주세요.")
    found = pages(tx, sorts, year)
    if suffix == ".xlsx":
        return workbook.write(found)
    if suffix == ".json":
        return _json(sorts, found)
    if len(found) > 1:
        raise Declined(".csv 파일에는 한 종류만 적을 수 있습니다. 종류를 하나만 고르거나 .xlsx로 받아 주세요.")
    return _separated(sorts[0], found[0])


def _separated(sort: Sort, page: Page) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(column.header for column in page.columns.all)
    for line in page.lines:
        writer.writerow(map(writing.marked, writing.texts(sort, line).values()))
    return text.getvalue().encode("utf-8-sig")


def _json(sorts: Sequence[Sort], found: Sequence[Page]) -> bytes:
    content = {sort.key: [_named(sort, line) for line in page.lines] for sort, page in zip(sorts, found, strict=True)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _named(sort: Sort, line: Mapping[str, object]) -> dict[str, object]:
    """Numbers as numbers, all else as it is written in cells."""
    return {column.header: _plain(column, line[column.field]) for column in sort.columns.all}


def _plain(column: Column, value: object) -> object:
    return value if isinstance(value, int) and not column.kind.choices else writing.text(column, value)

"""Numbers of courses that are one, however they are cased, spaced and dashed: as they were written first."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from handlers.language.letters.particles import particle
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.desk.lookup import same_code
from handlers.staff.files.cells import Wrong, code_form, line
from handlers.staff.files.rows import COURSE, Row, Value
from storage.database import Transaction
from storage.teaching import courses


def as_known(tx: Transaction, rows: Sequence[Row]) -> list[Row]:
    """The rows with the numbers under which their courses are known, be it here or by an earlier row."""
    known = courses.codes(tx) if any(row.kind == COURSE for row in rows) else {}
    first: dict[str, str] = {}
    return [_known_as(row, known, first) if row.kind == COURSE else row for row in rows]


def _known_as(row: Row, known: Collection[str], first: dict[str, str]) -> Row:
    header = COLUMNS.header_of(row, "code")
    code = _written(row.cells[header]) if header else ""
    if not code:
        return row
    found = same_code(code, known) or first.setdefault(code_form(code), code)
    if found == code:
        return row
    read = f"‘{found}’{particle(found, '과/와')} 같은 번호로 읽었습니다."
    told = f"{row.place(header)}: ‘{code}’{particle(code, '은/는')} {read}"
    return replace(row, cells={**row.cells, header: found}, remarks=(*row.remarks, told))


def _written(value: Value) -> str:
    try:
        return line(value) if isinstance(value, str | int | float) else ""
    except Wrong:
        return ""

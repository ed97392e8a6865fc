"""An entry in the cells of its sheet, which read back as the same entry."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

from handlers.staff.files.columns import Column, Kind
from handlers.staff.files.rows import Value
from handlers.staff.year.entries.sorts import Sort
from storage.database import Transaction
from storage.teaching import courses
from storage.year import entries
from storage.year.entries import Entry, Indicator

FORMULA = tuple("=+-@＝＋－＠")
_MARK = re.compile(rf"^[\s']*'\s*(?=[{re.escape(''.join(FORMULA))}])")
_NUMBER = re.compile(r"-?[\d,]+")

Cells = Mapping[str, object]  # by field; a code as it is kept


def cells(
    tx: Transaction, sort: Sort, found: Sequence[Entry], brought: Mapping[int, str] = MappingProxyType({})
) -> list[Cells]:
    """Of each entry, with what it refers to by the name that officers have for it; `brought` are more of these."""
    names = {
        column: {**_names(tx, column, _referred(found, field)), **brought} for column, field in sort.refers.items()
    }
    return [{column.field: _cell(sort, each, column.field, names) for column in sort.columns.all} for each in found]


def marked(text: str) -> str:
    """So that a spreadsheet that opens a .csv takes it for no formula."""
    return f"'{text}" if text.startswith(FORMULA) and not _NUMBER.fullmatch(text) else text


def unmarked(value: Value) -> Value:
    """No entry keeps the mark."""
    return _MARK.sub("", value) if isinstance(value, str) else value


def texts(sort: Sort, line: Cells) -> dict[str, str]:
    """As they would be typed; "" where there is nothing."""
    return {column.field: text(column, line[column.field]) for column in sort.columns.all}


def text(column: Column, value: object) -> str:
    if value is None:
        return ""
    if word := _words(column.kind).get(value, ""):
        return word
    if isinstance(value, int) and column.kind.shown_as.startswith("#,##0"):
        return f"{value:,}"
    return str(value)


@cache
def _words(kind: Kind) -> Mapping[object, str]:
    """By what each choice reads as; of several that read the same the first."""
    return {kind.parse(word): word for word in reversed(kind.choices)}


def _cell(sort: Sort, one: Entry, field: str, names: Mapping[str, Mapping[int, str]]) -> object:
    if field in sort.refers:
        return names[field].get(getattr(one, sort.refers[field]), "")
    value = getattr(one, field)
    if isinstance(value, tuple):
        return ", ".join(each.isoformat() if isinstance(each, date) else str(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {option}" for name, option in value.items())
    return value


def _referred(found: Sequence[Entry], field: str) -> set[int]:
    return {number for each in found if (number := getattr(each, field)) is not None}


def _names(tx: Transaction, column: str, ids: Collection[int]) -> Mapping[int, str]:
    if column == "course":
        return courses.codes_of(tx, ids)
    return {each.id: each.name for each in entries.all_of(tx, Indicator)}

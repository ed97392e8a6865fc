"""What a file changes of what is known: old and new values as officers write them, one line a field."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from handlers.language.days import dates
from handlers.staff.desk.told import Table
from handlers.staff.files.columns import Column, Columns, shown
from handlers.staff.files.rows import Row, is_blank

Rows = tuple[tuple[str, str], ...]  # of a field's name, and its old and new value
_TERM = re.compile(r"(\d{4})-H([12])")


@dataclass(frozen=True)
class Changed:
    """Something that changes: what it is called, its fields, and what that means for people, where it does."""

    name: str
    rows: Rows
    reach: str = ""


def table(changed: Iterable[Changed], title: str) -> tuple[Table, ...]:
    """One table, or none where nothing changes."""
    listed = tuple(changed)
    if not listed:
        return ()
    rows = tuple((each.name, each.reach) if each.reach else (each.name,) for each in listed)
    return (Table(rows, title=title, details=tuple(each.rows for each in listed)),)


def rows(columns: Columns, row: Row, old: Any, new: Any, timezone: ZoneInfo) -> Rows:
    """The fields that differ, by the columns of their file; what an emptied cell clears is named as such."""
    return tuple(_rows(columns, row, old, new, timezone))


def _rows(columns: Columns, row: Row, old: Any, new: Any, timezone: ZoneInfo) -> Iterator[tuple[str, str]]:
    for column in columns.all:
        before, after = getattr(old, column.field, None), getattr(new, column.field, None)
        if before != after:
            said = said_of(column, after, timezone)
            is_emptied = said != EMPTY and _is_emptied(columns, row, column)
            yield column.header, f"{said_of(column, before, timezone)} → {said}{CLEARED if is_emptied else ''}"


EMPTY, CLEARED = "빈칸", "(칸이 비어 있음)"


def _is_emptied(columns: Columns, row: Row, column: Column) -> bool:
    """Whether its cell is there, and empty."""
    return columns.has(row, column.field) and is_blank(columns.written(row).get(column.field))


def said_of(column: Column, value: Any, timezone: ZoneInfo) -> str:
    """A value as an officer would write it, short; text stands in quotes."""
    if value in ("", (), None):
        return EMPTY
    if word := next((word for word in column.kind.choices if column.kind.parse(word) == value), ""):
        return word
    if isinstance(value, tuple):
        return dates.weekdays(value, "ko") if column.field == "weekdays" else shown(", ".join(map(str, value)))
    if isinstance(value, datetime):
        return f"{value.astimezone(timezone):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}({dates.weekdays([value.weekday()], 'ko')})"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int):
        return dates.money(value, "ko") if column.kind.shown_as == "#,##0" else f"{value:,}"
    return term(value) if column.field == "term" else f"‘{shown(value)}’"


def term(value: str) -> str:
    """2026년 하반기 of 2026-H2."""
    found = _TERM.fullmatch(value)
    return f"{found[1]}년 {'상' if found[2] == '1' else '하'}반기" if found else value


def joined(found: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {change}" for name, change in found)

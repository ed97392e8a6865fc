"""What a file changes of courses: old and new values as officers write them."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from handlers.language import dates
from handlers.staff.courses.columns import COLUMNS, WEEKDAYS
from handlers.staff.files.columns import Column, shown
from storage.course import Course


def told(pairs: Iterable[tuple[Course, Course]], timezone: ZoneInfo) -> tuple[str, ...]:
    """A line for each course; where no column differs, days off that were closed since move its classes."""
    return tuple(
        f"{old.title}({old.code}): {', '.join(_different(old, new, timezone)) or '수업 날짜'}" for old, new in pairs
    )


def _different(old: Course, new: Course, timezone: ZoneInfo) -> Iterator[str]:
    for column in COLUMNS.all:
        before, after = getattr(old, column.field), getattr(new, column.field)
        if before != after:
            yield f"{column.header} {_said(column, before, timezone)} → {_said(column, after, timezone)}"


def _said(column: Column, value: Any, timezone: ZoneInfo) -> str:
    """A value of a course as an officer would write it, short; text stands in quotes."""
    if value in ("", ()):
        return "빈칸"
    if word := next((word for word in column.kind.choices if column.kind.parse(word) == value), ""):
        return word
    if column.kind is WEEKDAYS:
        return dates.weekdays(value, "ko")
    if isinstance(value, tuple):
        return shown(", ".join(map(str, value)))
    if isinstance(value, datetime):
        return f"{value.astimezone(timezone):%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return f"‘{shown(value)}’" if isinstance(value, str) else f"{value:,}" if isinstance(value, int) else str(value)

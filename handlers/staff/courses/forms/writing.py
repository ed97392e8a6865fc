"""A course as officers would write it into its sheet: reading it again gives the same course."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from handlers.language.days import dates
from handlers.staff.courses.forms.groups import BY_FIELD
from handlers.staff.desk.differences import term
from handlers.staff.files.columns import Column
from handlers.staff.files.moments import LAST
from handlers.staff.files.rows import Row
from storage.teaching.course import Course

Texts = Mapping[str, str]  # by field, as they are typed


def texts_of(course: Course, timezone: ZoneInfo) -> Texts:
    return {field: written(column, getattr(course, field), timezone) for field, column in BY_FIELD.items()}


def row_of(texts: Texts) -> Row:
    """A sheet of one row; what isn't among the texts is an empty cell."""
    return Row("", 1, {column.header: texts.get(field, "") for field, column in BY_FIELD.items()}, {})


def digest(texts: Texts) -> str:
    """The same for the same texts, whatever their order."""
    held = json.dumps(sorted(texts.items()), ensure_ascii=False)
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def written(column: Column, value: Any, timezone: ZoneInfo) -> str:
    if word := next((word for word in column.kind.choices if column.kind.parse(word) == value), ""):
        return word
    if isinstance(value, tuple):
        return dates.weekdays(value, "ko") if column.field == "weekdays" else ", ".join(map(str, value))
    if isinstance(value, datetime):
        return _moment(value.astimezone(timezone), is_end=column.field == "apply_end")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _clock(value)
    if isinstance(value, int):
        return f"{value:,}"
    return term(value) if column.field == "term" else value or ""


def _moment(at: datetime, is_end: bool) -> str:
    """Registration that goes on to the day's last second ends on that day."""
    if is_end and at.time() == LAST:
        return f"{at:%Y-%m-%d}"
    return f"{at:%Y-%m-%d} {at.time().isoformat('auto') if at.second else format(at, '%H:%M')}"


def _clock(at: time) -> str:
    """Hours that would be taken for those of the afternoon are told apart."""
    half = "오전 " if 0 < at.hour < 7 else ""
    return f"{half}{at:%H:%M:%S}" if at.second else f"{half}{at:%H:%M}"

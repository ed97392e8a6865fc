"""Reads the days of a year's entries: several of one kind, and months without a day."""

import re
from calendar import monthrange
from datetime import date

from handlers.staff.files import moments, spans
from handlers.staff.files.cells import Wrong, said
from handlers.staff.files.columns import Values
from handlers.staff.files.rows import Value, is_blank
from handlers.staff.files.spans import Pair, with_years
from handlers.staff.year.entries.cells import amounts

_MONTH = re.compile(r"'?(\d{4}|\d{2}) ?[년./-] ?(\d{1,2}) ?[월.]?")
_ONLY_MONTH = re.compile(r"(\d{1,2}) ?[월.]?")


def days(value: Value) -> tuple[date, ...]:
    """Several days, in order, also with slashes between as the policy card has them."""
    if not isinstance(value, str):
        return moments.days(value)
    return moments.days(re.sub(r"\.? ?/ (?=')|\.? / ", ", ", said(value)))


def first(value: Value) -> date:
    """A day, or the first of a month: "2024.1."."""
    return _of_month(value, is_last=False)


def last(value: Value) -> date:
    """A day, or the last of a month."""
    return _of_month(value, is_last=True)


def _of_month(value: Value, *, is_last: bool) -> date:
    found = _MONTH.fullmatch(said(value)) if isinstance(value, str) else None
    if not found:
        return moments.day(value)
    year, month = 2000 + int(found[1][-2:]), int(found[2])
    if not 1 <= month <= 12:
        raise Wrong
    return date(year, month, monthrange(year, month)[1] if is_last else 1)


def two(value: Value) -> Pair | None:
    """The two days or months of "2024. 1. ~ 2024. 2.", "2024년 3월 ~ 7월" and "3~7월" as they stand in two cells."""
    parts = [part.strip() for part in said(value).split("~")] if isinstance(value, str) else []
    only = _ONLY_MONTH.fullmatch(parts[1]) if len(parts) == 2 else None
    if only and "월" in only[0] and _ONLY_MONTH.fullmatch(parts[0]):
        return parts[0], parts[1]
    if len(parts) != 2 or not _MONTH.fullmatch(parts[0]):
        return spans.days(value)
    return parts[0], f"{first(parts[0]).year}-{only[1]}" if only else parts[1]


def _with_year(value: Value, year: int) -> Value:
    """Of a month, or of days, that have none."""
    only = _ONLY_MONTH.fullmatch(said(value)) if isinstance(value, str) else None
    return f"{year}-{only[1]}" if only else with_years(value, lambda *_: year)


def completed(values: Values, field: str, *others: str) -> Values:
    """With the year that its day tells, and with years of days that have none."""
    year = _year(values.get("year")) or _year_in(values.get(field))
    if year is None:
        return values
    dated = {each: _with_year(values[each], year) for each in (field, *others) if each in values}
    return {**values, **dated, "year": year if is_blank(values.get("year")) else values["year"]}


def _year(value: Value) -> int | None:
    try:
        return None if is_blank(value) else amounts.year(value)
    except ValueError:
        return None


def _year_in(value: Value) -> int | None:
    """Of the first day that has one."""
    found = moments.DATE.search(said(value)) if isinstance(value, str) else None
    try:
        return None if is_blank(value) else first(found[0] if found else value).year
    except ValueError:
        return None

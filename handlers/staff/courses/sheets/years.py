"""The years of days in a row that have none: by the term, and by the first class."""

from datetime import date, timedelta
from functools import partial

from handlers.staff.files import moments, spans
from handlers.staff.files.columns import Values
from handlers.staff.files.rows import Value

LONGEST, EARLIEST = timedelta(days=364), timedelta(days=182)  # how far from the first class days without a year are


def with_years(values: Values) -> Values:
    """Days without a year are those of the term, and beside the first class; what isn't sure stays without one."""
    found = dict(values)
    found["start_date"] = spans.with_years(found.get("start_date"), partial(_year_of_term, found.get("term")))
    try:
        start = moments.day(found["start_date"])
    except ValueError:
        return found
    for field, most in (
        ("end_date", LONGEST),
        ("days_off", LONGEST),
        ("extra_days", LONGEST),
        ("apply_start", -EARLIEST),
        ("apply_end", -EARLIEST),
        ("offline_until", -EARLIEST),
    ):
        found[field] = spans.with_years(found.get(field), partial(_year_beside, start, most))
    return found


def _year_of_term(term: Value, month: int, _day: int) -> int | None:
    try:
        year, half = moments.term(term).split("-H")
    except ValueError:
        return None
    return int(year) if (month > 6) == (half == "2") else None


def _year_beside(start: date, most: timedelta, month: int, day: int) -> int | None:
    """The year in which a day lies between `start` and so much later, or earlier."""
    for year in (start.year - 1, start.year, start.year + 1):
        try:
            apart = date(year, month, day) - start
        except ValueError:
            continue
        if min(most, timedelta()) <= apart <= max(most, timedelta()):
            return year
    return None

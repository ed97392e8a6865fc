"""Terms are half-years: which one was before, and when one ends."""

import re
from datetime import date

_HALF = re.compile(r"(\d{4})-H([12])", re.ASCII)


def before(term: str) -> str:
    """2026-H1 of 2026-H2; "" of what is called otherwise, as older records may have it."""
    found = _HALF.fullmatch(term)
    if found is None:
        return ""
    year, half = int(found[1]), int(found[2])
    return f"{year}-H1" if half == 2 else f"{year - 1}-H2"


def last_day(term: str) -> date:
    """Of a half-year: ValueError for what is none."""
    found = _HALF.fullmatch(term)
    if found is None:
        raise ValueError(term)
    return date(int(found[1]), 6, 30) if found[2] == "1" else date(int(found[1]), 12, 31)


def half_of(term: str) -> tuple[int, int] | None:
    """The year and which half of it; None of what is called otherwise."""
    found = _HALF.fullmatch(term)
    return (int(found[1]), int(found[2])) if found else None

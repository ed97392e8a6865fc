"""Terms are half-years: which one was before, and when one ends."""

from datetime import date


def before(term: str) -> str:
    """2026-H1 of 2026-H2."""
    year, half = _parts(term)
    return f"{year}-H1" if half == 2 else f"{year - 1}-H2"


def last_day(term: str) -> date:
    year, half = _parts(term)
    return date(year, 6, 30) if half == 1 else date(year, 12, 31)


def _parts(term: str) -> tuple[int, int]:
    year, half = term.split("-H")
    return int(year), int(half)

"""Hours and amounts as they are said in English: after 6pm, before noon, under 50 thousand won, less than 70,000."""

import re

_NOON = 12
_HOUR = re.compile(
    r"\b(?P<way>after|from|since|later than|past|before|until|till|by|around|about|at)\s+"
    r"(?:(?P<hour>\d{1,2})(?::\d\d)?\s*(?P<half>am|pm|a\.m|p\.m|o'?clock)|(?P<named>noon|midday))"
)
_MOST = re.compile(
    r"(?:under|below|less than|(?:not|no) more than|max(?:imum)?|up to|within|at most|cheaper than|budget"
    r"(?: is| of)?)\s+"
    r"(?P<amount>\d[\d,]*)\s*(?P<unit>thousand|k\b|won|krw|₩)?"
)
_LEAST_AMOUNT = 1000  # won; what is smaller is an age or an hour


def hours(said: str) -> tuple[int, int] | None:
    """The hours from which and before which it begins."""
    since, before = 0, 24
    for found in _HOUR.finditer(said):
        hour = _hour(found)
        if found["way"] in ("around", "about", "at"):
            since, before = hour - 1, hour + 2
        elif found["way"] in ("before", "until", "till", "by"):
            before = hour
        else:
            since = hour
    return (since, before) if (since, before) != (0, 24) else None


def most(said: str) -> int | None:
    """Won."""
    found = _MOST.search(said)
    if found is None:
        return None
    amount = int(found["amount"].replace(",", "")) * (1000 if found["unit"] in ("thousand", "k") else 1)
    return amount if amount >= _LEAST_AMOUNT else None


def _hour(found: re.Match[str]) -> int:
    if found["named"]:
        return _NOON
    hour, half = int(found["hour"]) % 24, found["half"] or ""
    is_late = half.startswith("p") or (half.startswith("o") and hour < 9)
    return hour + 12 if is_late and hour < 12 else hour

"""How figures are written in a report: a dash for none, rates as whole percent, money as won."""

from collections.abc import Mapping

from handlers.staff.surveys.tally.figures import rounded
from handlers.staff.year.counted.figures import percent
from storage.states import Daypart

NOTHING = "-"
DAYPARTS: Mapping[Daypart, str] = {"day": "주간", "evening": "야간", "weekend": "주말"}
NO_CATEGORY = "분야 없음"


def count(number: int | None) -> str:
    """A dash for none as well as for what isn't known, as reports of offices have it."""
    return f"{number:,}" if number else NOTHING


def rate(part: int | None, whole: int | None) -> str:
    found = percent(part, whole)
    return NOTHING if found is None else f"{found:,}%"


def competition(applied: int | None, seats: int | None) -> str:
    """How many applied for a seat: 1.7 : 1."""
    return f"{rounded(applied / seats)} : 1" if applied is not None and seats else NOTHING


def won(amount: int) -> str:
    return f"{amount:,}원" if amount else NOTHING

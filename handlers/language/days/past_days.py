"""Days that lie behind us, read from what residents type: 2026-12-01, 2026년 12월 1일, 20261201, 12월 1일, 어제."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from handlers.language.answers import Unparsed, bounded
from handlers.language.letters.spelling import compact

_AGO = {"오늘": 0, "today": 0, "어제": 1, "yesterday": 1, "그제": 2, "그저께": 2}
_TAIL = "(?:에)?(?:땄(?:어요|습니다)|이에요|예요|입니다|이요|요)?"
_WHOLE = re.compile(
    rf"'?(?P<year>[0-9]{{4}}|[0-9]{{2}})(?:년|[-./])(?P<month>[0-9]{{1,2}})(?:월|[-./])(?P<day>[0-9]{{1,2}})(?:일|[.])?{_TAIL}"
)
_RUN = re.compile(rf"(?P<year>[0-9]{{4}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_TAIL}")
_SHORT = re.compile(rf"(?P<month>[0-9]{{1,2}})(?:월|[-./])(?P<day>[0-9]{{1,2}})(?:일|[.])?{_TAIL}")
_EARLIEST = 50 * 365  # days


def past_day(today: date) -> Callable[[str], date]:
    """A parser of a day that isn't yet to come; without a year it is the last one that was so called."""

    def read(text: str) -> date:
        said = compact(bounded(text)).rstrip(".")
        found = _read(said, today)
        if found > today:
            raise Unparsed("answers.day_to_come")
        if (today - found).days > _EARLIEST:
            raise Unparsed("answers.day_wrong")
        return found

    return read


def _read(said: str, today: date) -> date:
    if said in _AGO:
        return today - timedelta(days=_AGO[said])
    if whole := _WHOLE.fullmatch(said) or _RUN.fullmatch(said):
        digits = whole["year"]
        return _date(int(digits) if len(digits) == 4 else 2000 + int(digits), whole)
    if short := _SHORT.fullmatch(said):
        this_year = _date(today.year, short)
        return this_year if this_year <= today else _date(today.year - 1, short)
    raise Unparsed("answers.day_wrong")


def _date(year: int, found: re.Match[str]) -> date:
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise Unparsed("answers.day_wrong") from None

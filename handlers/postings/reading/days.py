"""Reads the days that feeds write, in all their forms."""

import re
from datetime import date

from handlers.language.letters.spelling import tidy
from handlers.postings.records import UnreadablePosting

_DATE = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4}|\d{2}) ?[-./년] ?(?P<m>\d{1,2}) ?[-./월] ?(?P<d>\d{1,2})(?!\d)"
    r"|(?P<run>20\d{6})(?:\d{4}|\d{6})?(?!\d))"
)
_UNTIL_FILLED = re.compile("채용 ?시|충원|상시|수시|마감 ?시")


def closing(text: str) -> tuple[date | None, bool]:
    """The last day, if one is told, and whether it ends when somebody is found: "채용시까지  26-11-07" is both."""
    text = tidy(text)
    found = [_written(one) for one in _DATE.finditer(text)]
    if not found and re.search(r"\d", text):
        raise UnreadablePosting("the closing day can't be read")
    return (found[-1] if found else None), bool(_UNTIL_FILLED.search(text))


def registered(text: str) -> date | None:
    found = _DATE.search(tidy(text))
    if not found and text.strip():
        raise UnreadablePosting("the day of registration can't be read")
    return _written(found) if found else None


def _written(found: re.Match[str]) -> date:
    year, month, day = (found["y"], found["m"], found["d"])
    if run := found["run"]:
        year, month, day = run[:4], run[4:6], run[6:]
    try:
        read = date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    except ValueError as error:
        raise UnreadablePosting("there is no such day") from error
    if read.year not in range(2000, 2100):
        raise UnreadablePosting("the year is too far away")
    return read

"""How an attendance sheet is laid out: the application, the name for the eye, and a column for each class."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.staff.files.rows import Value
from storage.teaching.sessions import Session

NUMBER, NAME = "신청번호", "이름"
_CLASS = re.compile(r"(\d{1,3})\s*회(?:차)?\s*(.*)", re.DOTALL)
_DAY = re.compile(r"(?:(\d{4})\s*[-./년]\s*)?(\d{1,2})\s*[-./월]\s*(\d{1,2})")


def heading(meeting: Session, timezone: ZoneInfo) -> str:
    return f"{meeting.number}회 {day_of(meeting, timezone)}"


def day_of(meeting: Session, timezone: ZoneInfo) -> date:
    return meeting.starts_at.astimezone(timezone).date()


@dataclass(frozen=True)
class Headed:
    """A column of a class: its number and its day as the sheet has them, without a year where it names none."""

    number: int
    year: int | None
    month: int | None
    day: int | None

    def is_on(self, day: date) -> bool:
        return (self.month, self.day) == (day.month, day.day) and self.year in (None, day.year)


def headed(value: Value) -> Headed | None:
    """None where a header isn't that of a class."""
    found = _CLASS.fullmatch(str(value).strip()) if isinstance(value, str) else None
    if not found:
        return None
    day = _DAY.search(found[2])
    year, month, of_month = day.groups() if day else (None, None, None)
    return Headed(int(found[1]), *(int(each) if each else None for each in (year, month, of_month)))


def is_header(line: Sequence[Value]) -> bool:
    return NUMBER in map(text_of, line)


def text_of(value: Value) -> str:
    """As it is compared: without spaces, and without the sign that keeps a cell of a .csv from acting."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return "".join(str(value).split()).removeprefix("'") if value is not None else ""


def duplicates(values: Sequence[int]) -> Iterator[int]:
    seen: set[int] = set()
    for each in values:
        if each in seen:
            yield each
        seen.add(each)

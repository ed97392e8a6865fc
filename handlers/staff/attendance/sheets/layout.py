"""How an attendance sheet is laid out: the application, the name for the eye, and a column for each class."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.staff.files.cells import without_fraction
from handlers.staff.files.headers import NAMES, plain
from handlers.staff.files.rows import Value
from storage.teaching.sessions import Session

NUMBER, NAME = "신청번호", "이름"
_CLASS = re.compile(r"제?\s*(\d{1,3})\s*(?:회(?:차)?|차시?)\s*(.*)", re.DOTALL)
_DAY = re.compile(r"(?:(\d{4})\s*[-./년]\s*)?(\d{1,2})\s*[-./월]\s*(\d{1,2})")
_DAY_ALONE = re.compile(rf"{_DAY.pattern}\s*(?:일(?!요)|\.)?\s*(?:\(?[월화수목금토일](?:요일)?\)?)?(?: 00:00(?::00)?)?")


def heading(meeting: Session, timezone: ZoneInfo) -> str:
    return f"{meeting.number}회 {day_of(meeting, timezone)}"


def day_of(meeting: Session, timezone: ZoneInfo) -> date:
    return meeting.starts_at.astimezone(timezone).date()


@dataclass(frozen=True)
class Headed:
    """A column of a class: its number and its day as the sheet has them, None for what it doesn't name."""

    number: int | None
    year: int | None
    month: int | None
    day: int | None

    def is_on(self, day: date) -> bool:
        return (self.month, self.day) == (day.month, day.day) and self.year in (None, day.year)


def headed(value: Value) -> Headed | None:
    """None where a header isn't that of a class."""
    text = f"{value:%Y-%m-%d}" if isinstance(value, datetime) else value.strip() if isinstance(value, str) else ""
    found = _CLASS.fullmatch(text)
    day = _DAY.search(found[2]) if found else _DAY_ALONE.fullmatch(text)
    if not (found or day):
        return None
    year, month, of_month = (int(each) if each else None for each in day.groups()) if day else (None, None, None)
    return Headed(int(found[1]) if found else None, year, month, of_month)


def is_header(line: Sequence[Value]) -> bool:
    return NUMBER in names(line)


def names(line: Sequence[Value]) -> list[str]:
    """Of the columns, as they are compared; people's names by one word."""
    plains = [plain(value) if isinstance(value, str) else text_of(value) for value in line]
    return [NAME if each in NAMES else each for each in plains]


def text_of(value: Value) -> str:
    """As it is compared: without spaces, and without the sign that keeps a cell of a .csv from acting."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return without_fraction("".join(str(value).split()).removeprefix("'")) if value is not None else ""


def duplicates(values: Sequence[int]) -> Iterator[int]:
    seen: set[int] = set()
    for each in values:
        if each in seen:
            yield each
        seen.add(each)

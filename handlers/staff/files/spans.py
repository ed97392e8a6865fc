"""Reads what offices leave out: the second half of "14:00~17:00", and the year of "3월 2일"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from handlers.language.letters.particles import particle
from handlers.staff.files.cells import said
from handlers.staff.files.moments import CLOCK, DATE, HALVES, WEEKDAYS
from handlers.staff.files.rows import Broken, Value, is_blank

Pair = tuple[Value, Value]
BOTH = "처음과 끝만 ~로 이어 적어 주세요. 예: 14:00~17:00, 2026-12-01 ~ 2026-12-14"


@dataclass(frozen=True)
class Span:
    """Two columns, of which one cell may tell both: under the header of the first, or under one of `headers`."""

    first: str
    last: str
    headers: tuple[str, ...]
    split: Callable[[Value], Pair | None]


@dataclass(frozen=True)
class Written:
    """A cell of a row as it stands under its header."""

    header: str
    value: Value


def both(
    span: Span, cell: Written, last: Written | None, is_own: bool, parse: Callable[[Value], object]
) -> dict[str, Written]:
    """What a cell tells of both columns of a span, by field; nothing where it tells of one, unless both are its own."""
    parts = None if isinstance(cell.value, Broken) else span.split(cell.value)
    if parts is None:
        whole = Written(cell.header, cell.value if is_blank(cell.value) else Broken(str(cell.value), BOTH))
        return {span.first: whole, span.last: whole} if is_own else {}
    first, end = (Written(cell.header, part) for part in parts)
    if last is None or is_own or is_blank(last.value) or _is_same(parse, end.value, last.value, cell.value):
        return {span.first: first, span.last: end}
    why = f"‘{cell.header}’의 ‘{cell.value}’{particle(str(cell.value), '과/와')} 다릅니다. 맞는 쪽만 남겨 주세요."
    return {span.first: first, span.last: Written(last.header, Broken(str(last.value), why))}


def _is_same(parse: Callable[[Value], object], end: Value, last: Value, whole: Value) -> bool:
    try:
        return last == whole or parse(end) == parse(last)
    except ValueError:
        return False


YearOf = Callable[[int, int], int | None]  # by month and day

_SHORT = re.compile(
    r"(?<![\d./'-])(?P<sm>1[0-2]|0?[1-9]) ?(?:월|[./]) ?(?P<sd>[0-3]?\d)(?![\d:시]|[./년] ?\d(?!\d? ?[:시]))"
    r"(?: ?일(?!요)| ?\.)?"  # what comes behind may be an hour: 2. 14. 18:00
)
_ANY = re.compile(rf"{DATE.pattern}|{_SHORT.pattern}")
_DAY = re.compile(rf"\d{{1,2}}(?: ?일| ?\.)?(?: ?\([{WEEKDAYS}](?:요일)?\))?(?: .*)?")
_LONG = r"(?:총 ?)?\d+(?:\.\d)? ?(?:시간|분|h|주간?|개월|회|차시|일간?)"
_LENGTH = re.compile(rf" ?[(\[]{_LONG}(?: ?[,/·] ?{_LONG})*[)\]]$")
_LINES = str.maketrans("ㅡ―—−ー", "-----")


def _two(value: Value, between: str) -> tuple[str, str] | None:
    text = _LENGTH.sub("", said(value).translate(_LINES)) if isinstance(value, str) else ""
    parts = re.split(between, re.sub(r" ?까지$", "", text))
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None


def times(value: Value) -> Pair | None:
    """The two times of "14:00~17:00" as they would stand in two cells; 오후 and 시 hold for both."""
    parts = _two(value, " ?(?:~|-|부터) ?")
    if not parts or not re.match(r"\d|" + "|".join(HALVES), parts[1]):
        return None
    first, last = parts
    if re.fullmatch(rf"(?:{'|'.join(HALVES)})? ?\d{{1,2}}", first) and "시" in last:
        first += "시"
    half, found = re.match("|".join(HALVES), first), CLOCK.fullmatch(last)
    is_later = half and HALVES[half[0]] and found and not (found["half"] or found["after"]) and int(found["h"]) < 12
    return first, f"{half[0]} {last}" if half and is_later else last


def rhythm(value: Value) -> Pair | None:
    """The weekdays and the rhythm of "격주 화", where one is told."""
    text = said(value) if isinstance(value, str) else ""
    found = re.search("격주|2주(?: ?마다|에 ?(?:한 ?번|1회))|매주", text)
    return (text.replace(found[0], "").strip(" ()"), found[0]) if found else None


def days(value: Value) -> Pair | None:
    """The two days, or moments, of "2027. 3. 2. ~ 4. 30." as they would stand in two cells."""
    parts = _two(value, r" ?(?:~|부터) ?") or _two(value, " - ")
    found = _ANY.match(parts[0]) if parts else None
    if not parts or not found:
        return None
    first, last = parts
    if CLOCK.fullmatch(last):
        return first, f"{found[0]} {last}"
    if dashed := re.match(r"(\d{1,2})-(\d{1,2})(?!\d|-)", last):  # 2027-02-01 ~ 02-14
        return first, f"{dashed[1]}월 {dashed[2]}일{last[dashed.end() :]}"
    if _DAY.fullmatch(last) and not _ANY.match(last):
        return first, f"{found['m'] or found['sm'] or found['run'][4:6]}월 {last}"
    return first, last


def with_years(value: Value, year_of: YearOf) -> Value:
    """A text with the years of the days in it that have none; one that isn't sure stays away."""
    if not isinstance(value, str):
        return value

    def whole(found: re.Match[str]) -> str:
        month, day = found["sm"], found["sd"]
        year = year_of(int(month), int(day)) if month else None
        return f"{year}-{month}-{day}" if year else found[0]

    return _ANY.sub(whole, said(value))

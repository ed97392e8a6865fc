"""Reads days, times, weekdays and terms as officers write them, typed by Excel or as text."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.staff.files.cells import NOTHING, Wrong, compact, said
from handlers.staff.files.rows import Value

WEEKDAYS = "월화수목금토일"
OPENING = time(9)  # when registration opens, if only the day is told
LAST = time(23, 59, 59)
DAYS_END = ("24:00", "24:00:00", "24시")
ONE_DAY = (timedelta(days=1), datetime(1900, 1, 1), 1)  # noqa: DTZ001 - what is made of a cell of 24:00
SERIALS = range(36_526, 73_051)  # Excel's numbers of the days 2000-01-01 to 2099-12-31
HALVES = {"오전": 0, "아침": 0, "새벽": 0, "am": 0, "낮": 12, "오후": 12, "저녁": 12, "밤": 12, "pm": 12}

# A year of two digits needs an apostrophe, a dot, 년 or dashes, and no month before it: 12/1/26 is an American Excel's.
DATE = re.compile(
    r"(?<!\d)(?:(?P<run>20\d{6})|(?P<y>\d{4}|'\d{2}|\d{2}(?= ?[.년])|(?:1[3-9]|[2-9]\d)(?=-\d{1,2}-\d)) ?[.년/-]"
    r" ?(?P<m>\d{1,2}) ?[.월/-] ?(?P<d>\d{1,2}))"
    rf"(?!\d| ?[:시])(?: ?일(?!요)| ?\.)?(?: ?(?:\((?P<w>[{WEEKDAYS}])(?:요일)?\)|(?P<word>[{WEEKDAYS}])요일))?"
)
CLOCK = re.compile(
    rf"(?P<half>{'|'.join(HALVES)})? ?(?P<h>\d{{1,2}})"
    r"(?: ?: ?(?P<m>\d{2})(?::(?P<s>\d{2}))?| ?시(?: ?(?:(?P<km>\d{1,2}) ?분|(?P<half_past>반)))?) ?(?P<after>am|pm)?"
)
_MIDNIGHT = re.compile(r"(?<=\d)[ t]00?:00(?::00)?$")  # exports write it behind a day

# --- days ---


def day(value: Value) -> date:
    typed = _typed(value)
    if typed and typed.time() != time():
        raise Wrong("시각은 빼고 날짜만 적어 주세요.")
    if typed:
        return _known(typed.date())
    found = DATE.fullmatch(_MIDNIGHT.sub("", said(value)))
    if not found:
        raise Wrong
    return _written(found)


def days(value: Value) -> tuple[date, ...]:
    """Any number of days, in order."""
    text = said(value)
    if text in NOTHING:
        return ()
    if _typed(value):
        return (day(value),)
    found = list(DATE.finditer(text))
    if not found or re.sub(r"[ ,;·、]|및", "", DATE.sub("", text)):
        raise Wrong
    return tuple(sorted({_written(one) for one in found}))


def opening(value: Value) -> datetime:
    """A moment; on a day alone it is 09:00, when offices open. Without a time zone unless one is written."""
    return _moment(value) or datetime.combine(day(value), OPENING)


def closing(value: Value) -> datetime:
    """A moment; on a day alone it is the day's last second."""
    found = _moment(value) or datetime.combine(day(value), LAST)
    if found.time() == time():
        raise Wrong("0시인지 그날 밤까지인지 알 수 없습니다. 날짜만 적거나 23:59처럼 적어 주세요.")
    return found


def meeting(value: str, usual: time) -> datetime:
    """When a class is to begin: on a day alone at its usual time; the rest is read as `clock` reads it."""
    text = said(value)
    found = DATE.match(text)
    rest = text[found.end() :].lstrip(" ,t") if found else ""
    if found and rest in DAYS_END:
        return datetime.combine(_written(found), time()) + timedelta(days=1)
    return datetime.combine(_written(found), clock(rest)) if found and rest else datetime.combine(day(value), usual)


def _moment(value: Value) -> datetime | None:
    """A moment with its time; None when there is only a day."""
    typed = _typed(value)
    if typed:
        _known(typed.date())
        return typed if typed.time() != time() else None
    text = re.sub(r" ?(?:부터|까지)$", "", said(value))
    if re.match(r"\d{4}-\d\d-\d\dt\d", text):
        return _iso(text)
    found = DATE.match(text)
    rest = text[found.end() :].lstrip(" ,") if found else ""
    if not found or not rest:
        return None
    return datetime.combine(_written(found), _read_clock(rest)[0])


def _iso(text: str) -> datetime:
    found = datetime.fromisoformat(text.upper()).replace(microsecond=0)
    _known(found.date())
    return found


def _typed(value: Value) -> datetime | None:
    if isinstance(value, datetime):
        _known(value.date())
        return (value + timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(value, date):
        return datetime.combine(value, time())
    from openpyxl.utils.datetime import from_excel

    serial = _serial(value)
    return _typed(from_excel(serial)) if serial else None


def _serial(value: Value) -> float | None:
    """Excel's number of a day, which shows when a cell has lost its date format."""
    if isinstance(value, str) and re.fullmatch(r"\d{5}(?:\.\d{1,15})?", value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if SERIALS.start <= value < SERIALS.stop else None


def _written(found: re.Match[str]) -> date:
    if run := found["run"]:
        read = date(int(run[:4]), int(run[4:6]), int(run[6:]))
    else:
        read = date(_year(found["y"]), int(found["m"]), int(found["d"]))
    weekday = WEEKDAYS[read.weekday()]
    if (found["w"] or found["word"] or weekday) != weekday:
        raise Wrong(f"이 날은 {weekday}요일입니다. 날짜와 요일을 확인해 주세요.")
    return _known(read)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits[-2:])


def _known(read: date) -> date:
    if read.year not in range(2000, 2100):
        raise Wrong(f"{read.year}년은 너무 멉니다. 연도를 확인해 주세요.")
    return read


# --- times ---


def clock(value: Value) -> time:
    """The time of a class; 2시 is not known to be day or night, so it is refused. 24:00 is a day's last second."""
    if isinstance(value, str):
        found, is_certain = _read_clock(said(value))
    else:
        found, is_certain = _typed_clock(value), False
    if 0 < found.hour < 7 and not is_certain:
        raise Wrong("오전인지 오후인지 알 수 없습니다. ‘오후 2시’나 ‘14:00’처럼 적어 주세요.")
    return found


def _typed_clock(value: Value) -> time:
    """Excel keeps a time as a share of the day; openpyxl makes a time or a timedelta of it where the format says so."""
    if value in ONE_DAY and not isinstance(value, bool | int):
        return LAST
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    if isinstance(value, timedelta):
        value = value / timedelta(days=1)
    if not isinstance(value, float) or not 0 <= value < 1:
        raise Wrong
    minutes, seconds = divmod(round(value * 86_400) % 86_400, 60)
    return time(minutes // 60, minutes % 60, seconds)


def _read_clock(text: str) -> tuple[time, bool]:
    """The time, and whether its half of the day is told."""
    if text in DAYS_END:
        return LAST, True
    found = CLOCK.fullmatch(text)
    if not found or (found["half"] and found["after"]):
        raise Wrong
    half = found["half"] or found["after"]
    minute = 30 if found["half_past"] else int(found["m"] or found["km"] or 0)
    return time(_hour(int(found["h"]), half), minute, int(found["s"] or 0)), half is not None


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if half == "밤" and hour not in range(6, 12):
        raise Wrong("24시간으로 적어 주세요. 예: 23:59")
    if hour > 12 and HALVES[half] == 0:
        raise Wrong
    return hour if hour > 12 else hour % 12 + HALVES[half]


# --- weekdays and terms ---

_SPAN = re.compile(rf"([{WEEKDAYS}])(?:[~-]([{WEEKDAYS}]))?")
_USUAL = {"평일": "월~금", "주중": "월~금", "주말": "토일", "매일": "월~일"}
_A_WEEK = re.compile(r"\(?주(\d)회\)?")
_TERM = re.compile(r"'?(\d{4}|\d{2})(?:년도?)?[-/.]?(?:h([12])|(상|하)반기)")


def every_weeks(value: Value) -> int:
    """1 for 매주, 2 for 격주."""
    word = compact(value)
    found = next((weeks for weeks, words in _RHYTHMS.items() if word in words), 0)
    if not found:
        raise Wrong
    return found


_RHYTHMS = {1: ("매주", "1주", "1", "매주1회"), 2: ("격주", "2주", "2", "2주마다", "2주1회", "2주에한번", "2주에1회")}


def weekdays(value: Value) -> tuple[int, ...]:
    """ "화,목", "화·목", "화목", "매주 화요일과 목요일" are (1, 3); "월~금" is a span."""
    text = compact(value) if isinstance(value, str) else ""
    often, text = _A_WEEK.search(text), _A_WEEK.sub("", text)
    usual = re.fullmatch(rf"({'|'.join(_USUAL)})\((.+)\)", text)
    found = _listed(usual[2] if usual else text)
    if usual and not {*found} <= {*_listed(usual[1])}:
        raise Wrong
    if often and int(often[1]) != len(found):
        raise Wrong(f"주 {often[1]}회라고 했는데 요일은 {len(found)}개입니다. 어느 쪽이 맞는지 고쳐 주세요.")
    return found


def _listed(text: str) -> tuple[int, ...]:
    text = re.sub("매주|요일|까지|[()]", "", text).replace("부터", "~")
    text = _USUAL.get(text, text)
    if not text or re.sub("[,·/.&+및과와]", "", _SPAN.sub("", text)):
        raise Wrong
    return tuple(sorted({at for span in _SPAN.finditer(text) for at in _span(span[1], span[2])}))


def _span(first: str, last: str | None) -> list[int]:
    start = WEEKDAYS.index(first)
    length = (WEEKDAYS.index(last or first) - start) % 7
    return [(start + n) % 7 for n in range(length + 1)]


def term(value: Value) -> str:
    found = _TERM.fullmatch(compact(value))
    if not found:
        raise Wrong
    half = found[2] or {"상": "1", "하": "2"}[found[3]]
    return f"{_year(found[1])}-H{half}"


def aware(moment: datetime, timezone: ZoneInfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone)

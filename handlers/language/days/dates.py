"""Prints days, times, spans and sums of money as residents read them, in Korean ("ko") and English ("en")."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")

_WEEKDAYS = {"ko": tuple("월화수목금토일"), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: date, language: str, *, today: date | None = None) -> str:
    """3월 5일(화); with the year when today is given and is in another one."""
    if isinstance(on, datetime):
        raise TypeError("a day is a date: a moment has one only in some timezone")
    year = on.year if today and today.year != on.year else None
    weekday = _WEEKDAYS[language][on.weekday()]
    if language == "ko":
        return f"{f'{year}년 ' if year else ''}{on.month}월 {on.day}일({weekday})"
    return f"{weekday} {on.day} {_MONTHS[on.month - 1]}{f' {year}' if year else ''}"


@lru_cache(1024)
def moment(at: datetime, language: str, timezone: ZoneInfo = SEOUL, *, today: date | None = None) -> str:
    """3월 5일(화) 오후 2시, as clocks in the timezone show it."""
    if at.utcoffset() is None:
        raise ValueError("a moment must know its timezone")
    there = at.astimezone(timezone)
    comma = "" if language == "ko" else ","
    return f"{day(there.date(), language, today=today)}{comma} {clock(there.time(), language)}"


def span(start: date, end: date, language: str, *, today: date | None = None) -> str:
    """3월 5일(화) ~ 5월 23일(목); the end shows its year when it is not the start's."""
    first = day(start, language, today=today)
    if start == end:
        return first
    return f"{first} {'~' if language == 'ko' else '–'} {day(end, language, today=start)}"


def clock(at: time, language: str) -> str:
    """오후 2시 30분; noon is 낮 12시, and midnight 오전 0시, since 자정 leaves open of which day."""
    half, hands = _half_and_hands(at, language)
    return f"{half} {hands}" if language == "ko" else f"{hands} {half}"


def hours(start: time, end: time, language: str) -> str:
    """오전 10시~오후 1시; within one half of the day it is named once: 오후 2시~5시."""
    first_half, first_hands = _half_and_hands(start, language)
    last_half, last_hands = _half_and_hands(end, language)
    if first_half != last_half:
        return f"{clock(start, language)}{'~' if language == 'ko' else '–'}{clock(end, language)}"
    return f"{first_half} {first_hands}~{last_hands}" if language == "ko" else f"{first_hands}–{last_hands} {last_half}"


def _half_and_hands(at: time, language: str) -> tuple[str, str]:
    if language == "ko":
        half = "오전" if at.hour < 12 else "낮" if at.hour == 12 else "오후"
        return half, f"{at.hour if at.hour < 13 else at.hour - 12}시{f' {at.minute}분' if at.minute else ''}"
    half = "am" if at.hour < 12 else "noon" if (at.hour, at.minute) == (12, 0) else "pm"
    return half, f"{at.hour % 12 or 12}{f':{at.minute:02}' if at.minute else ''}"


def weekdays(days: Iterable[int], language: str) -> str:
    """화·목 for 1 and 3, as date.weekday() counts."""
    names = _WEEKDAYS[language]
    return ("·" if language == "ko" else ", ").join(names[at] for at in sorted(set(days)))


def month(first: date, language: str) -> str:
    return f"{first.month}월" if language == "ko" else _MONTHS[first.month - 1]


def money(won: int, language: str) -> str:
    if won == 0:
        return "무료" if language == "ko" else "free"
    return f"{won:,}원" if language == "ko" else f"KRW {won:,}"


def remaining(left: timedelta, language: str) -> str:
    """The time left in its two largest units, rounded down: 3일 4시간, 25분."""
    minutes = max(left // timedelta(minutes=1), 0)
    days, hours_left, minutes_left = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if minutes == 0:
        return "1분 미만" if language == "ko" else "less than a minute"
    if days:
        return _amounts(language, (days, "일", "day"), (hours_left, "시간", "hour"))
    return _amounts(language, (hours_left, "시간", "hour"), (minutes_left, "분", "minute"))


def _amounts(language: str, *amounts: tuple[int, str, str]) -> str:
    if language == "ko":
        return " ".join(f"{count}{unit}" for count, unit, _ in amounts if count)
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, _, unit in amounts if count)


def age_in(year_of_birth: int, today: date) -> int:
    """The age reached in the year of today (연 나이); one less is possible until the birthday."""
    return today.year - year_of_birth

"""Reads days and times of day as people say them."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta

from handlers.language.letters.spelling import compact, normalise

_HOURS = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두")
_TAIL = "(?:에|로|으로|쯤)?(?:입니다|이에요|예요|이요|요)?"
_CLOCK = re.compile(
    rf"(?P<half>오전|아침|낮|오후|저녁)?(?P<hour>\d{{1,2}}|{'|'.join(_HOURS)})"
    rf"(?:시|:)(?:(?P<minute>\d{{1,2}})분?|(?P<is_half>반))?{_TAIL}"
)
_DAY = re.compile(rf"(?:(?P<month>\d{{1,2}})월)?(?P<day>\d{{1,2}})일{_TAIL}")
_WEEKDAY = re.compile(rf"(?P<weekday>[월화수목금토일])요일{_TAIL}")
_NEAR = re.compile(rf"(?P<near>오늘|내일|모레){_TAIL}")
_AWAY = {"오늘": 0, "내일": 1, "모레": 2}
_NEAR_WITHIN = re.compile(r"(?<![가-힣])(?:(오늘|today)|(내일|낼|tomorrow)|(모레|낼모레|내일모레|day after tomorrow))")


def clock(text: str) -> Callable[[time], bool]:
    """Whether a time is what was said; one without its half of the day may be in either."""
    said = _CLOCK.fullmatch(compact(text))
    if said is None:
        return lambda _: False
    hour = int(said["hour"]) if said["hour"].isdigit() else _HOURS.index(said["hour"]) + 1
    minute = 30 if said["is_half"] else int(said["minute"] or 0)
    is_morning = said["half"] in ("오전", "아침") if said["half"] else None

    def is_said(at: time) -> bool:
        is_hour = at.hour == hour or (hour <= 12 and at.hour % 12 == hour % 12)
        return is_hour and at.minute == minute and is_morning in (None, at.hour < 12)

    return is_said


def near_day(text: str, today: date) -> date | None:
    """Today, tomorrow or the day after, wherever in a sentence."""
    found = _NEAR_WITHIN.search(normalise(text))
    away = next((at for at in (2, 1, 0) if found and found[at + 1]), None) if found else None
    return None if away is None else today + timedelta(days=away)


def day(text: str, today: date) -> Callable[[date], bool]:
    """Whether a day is what was said: 3일, 12월 3일, 목요일, 내일."""
    said = compact(text)
    if near := _NEAR.fullmatch(said):
        return lambda on: on == today + timedelta(days=_AWAY[near["near"]])
    if weekday := _WEEKDAY.fullmatch(said):
        return lambda on: "월화수목금토일"[on.weekday()] == weekday["weekday"]
    if named := _DAY.fullmatch(said):
        return lambda on: on.day == int(named["day"]) and on.month == int(named["month"] or on.month)
    return lambda _: False

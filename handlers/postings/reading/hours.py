"""Which part of the day a job is in, read from its working hours."""

import re

from handlers.language.letters.spelling import tidy

_NOT_FIELDS = re.compile(r"(?:[월화수목금토일]|주말|공휴일)(?:요일)?[^\d/()]{0,6}(?:휴무|휴일|쉼)")
_WEEKDAYS = re.compile(r"(?<![가-힣\d])([월화수목금토일]+)(?:요일)?(?![가-힣])|(주말)|(평일|매일)")
_SPAN = re.compile(r"([월화수목금토일])(?:요일)?\s?[~-]\s?([월화수목금토일])")
_CLOCK = re.compile(
    r"(?:\(?(?P<half>오전|오후|저녁|밤|새벽|낮|am|pm)\)?\s?)?(?<!\d)(?P<h>\d{1,2})(?::\d{2}|\s?시(?!간))", re.IGNORECASE
)
_AFTER_NOON = {"오후", "저녁", "밤", "낮", "pm"}
_DAYS = "월화수목금토일"
EVENING_FROM, MORNING_FROM = 18, 5


def daypart(text: str) -> str:
    """day, evening (nights too) or weekend, as courses have them; "" when it isn't told."""
    text = _NOT_FIELDS.sub("", tidy(text))
    if _only_weekend(text):
        return "weekend"
    hour = _start(text)
    if hour is not None:
        return "day" if MORNING_FROM <= hour < EVENING_FROM else "evening"
    if re.search("야간|저녁|심야", text):
        return "evening"
    return "day" if re.search("주간|오전|오후", text) else ""


def _only_weekend(text: str) -> bool:
    spans = {_DAYS[at % 7] for one in _SPAN.finditer(text) for at in _span(one[1], one[2])}
    alone = {day for one in _WEEKDAYS.finditer(text) for day in one[1] or ("토일" if one[2] else "월")}
    return bool(spans | alone) and spans | alone <= {"토", "일"}


def _span(first: str, last: str) -> range:
    start, end = _DAYS.index(first), _DAYS.index(last)
    return range(start, (end if end >= start else end + 7) + 1)


def _start(text: str) -> int | None:
    found = _CLOCK.search(text)
    if not found or int(found["h"]) > 24:
        return None
    hour, half = int(found["h"]), (found["half"] or "").lower()
    if half == "밤" and hour not in range(6, 12):
        return hour % 12
    return hour % 12 + 12 if half in _AFTER_NOON else hour % 12 if half else hour % 24

"""From which day until which somebody says that they are away, wherever in a sentence."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.language.days.times import near_day
from handlers.language.letters.spelling import normalise

_WEEK = timedelta(days=7)
_DAYS = "월화수목금토일"
_ENGLISH_DAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = re.compile(rf"([{_DAYS}])\s*(?:요\s*일|욜)|\b({'|'.join(_ENGLISH_DAYS)})days?\b")
_DATED = re.compile(r"(?:(\d{1,2})\s*월\s*)?(?<!\d)(\d{1,2})\s*일(?![가-힣]*\s*(?:동안|정도|쯤|간|치))")
_MONTH_NAME = rf"({'|'.join(_ENGLISH_MONTHS)})[a-z]*"
_ENGLISH_DATED = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH_NAME}\b|\b{_MONTH_NAME} (\d{{1,2}})\b")
_UNTIL = re.compile(r"까지|until|till|through")
_NEXT_WEEK = re.compile(r"다\s*음\s*주|담\s*주|next week")
_THIS_WEEK = re.compile(r"이\s*번\s*주|금\s*주|this week")
_THIS_MONTH = re.compile(r"이\s*번\s*달|이\s*달|this month")


@dataclass(frozen=True)
class Away:
    """Both days are part of it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def read(text: str, today: date) -> Away | None:
    """내일, 다음 주 화요일, 12월 3일, 다음 주, 금요일까지, 3일부터 10일까지; None where no day is named."""
    said = normalise(text)
    dated = _dates(said, today)
    if len(dated) > 1:  # where the first is past, the next such day is found, a year later
        return Away(dated[0] if dated[0] <= dated[-1] else today, dated[-1])
    named = Away(dated[0], dated[0]) if dated else _week_or_day(said, today)
    if named and _UNTIL.search(said):
        return Away(min(today, named.first), named.last)
    return named


def _week_or_day(said: str, today: date) -> Away | None:
    monday = today - timedelta(days=today.weekday()) + (_WEEK if _NEXT_WEEK.search(said) else timedelta())
    names_week = bool(_NEXT_WEEK.search(said) or _THIS_WEEK.search(said))
    if weekday := _WEEKDAY.search(said):
        day = _day_of_week(weekday, monday if names_week else None, today)
        return Away(day, day) if day >= today else None
    if near := near_day(said, today):
        return Away(near, near)
    if names_week:
        return Away(max(today, monday), monday + timedelta(days=6))
    return Away(today, _end_of_month(today)) if _THIS_MONTH.search(said) else None


def _day_of_week(found: re.Match[str], monday: date | None, today: date) -> date:
    number = _DAYS.index(found[1]) if found[1] else _ENGLISH_DAYS.index(found[2])
    return monday + timedelta(days=number) if monday else today + timedelta(days=(number - today.weekday()) % 7)


def _dates(said: str, today: date) -> list[date]:
    korean = [(each[1], each[2]) for each in _DATED.finditer(said)]
    english = [(_month(each[2] or each[3]), each[1] or each[4]) for each in _ENGLISH_DATED.finditer(said)]
    found: list[date] = []
    for month, day in (*korean, *english):
        known = int(month) if month else found[-1].month if found else 0
        if (one := _coming(known, int(day), today)) is not None:
            found.append(one)
    return found


def _month(name: str) -> str:
    return str(_ENGLISH_MONTHS.index(name) + 1)


def _coming(month: int, day: int, today: date) -> date | None:
    """The next such day; without a month, of this one or the next."""
    for away in range(13):
        year, at = divmod(today.year * 12 + today.month - 1 + away, 12)
        if month not in (0, at + 1):
            continue
        try:
            one = date(year, at + 1, day)
        except ValueError:
            continue
        if one >= today:
            return one
    return None


def _end_of_month(today: date) -> date:
    return (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

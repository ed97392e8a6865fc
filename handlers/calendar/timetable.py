"""When a course meets: its weekdays, without public holidays, closed days and days off, and extra days."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.calendar.holidays import public_holidays


@dataclass(frozen=True)
class Plan:
    """`sessions` are (from, to) in the order of time; `skipped` are the class days left out, each with its reason."""

    sessions: tuple[tuple[datetime, datetime], ...]
    skipped: tuple[tuple[date, str], ...]


def plan(
    start: date,
    end: date,
    weekdays: Collection[int],
    start_time: time,
    end_time: time,
    days_off: Collection[date],
    closed_days: Mapping[date, str],
    timezone: ZoneInfo,
    every_weeks: int = 1,
    extra_days: Collection[date] = (),
) -> Plan:
    """Sessions from `start` to `end`, both included, on `weekdays` (0 is Monday), and on `extra_days` come what may."""
    usual = _in_weeks(list(_days(start, end, weekdays)), every_weeks)
    reasons = {day: _reason(day, days_off, closed_days) for day in usual if day not in extra_days}
    extra = (day for day in extra_days if start <= day <= end)
    met = sorted({*extra, *(day for day, reason in reasons.items() if reason is None)})
    return Plan(
        tuple((_at(day, start_time, timezone), _at(day, end_time, timezone)) for day in met),
        tuple((day, reason) for day, reason in reasons.items() if reason is not None),
    )


def _days(start: date, end: date, weekdays: Collection[int]) -> Iterator[date]:
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return (day for day in days if day.weekday() in weekdays)


def _in_weeks(days: list[date], every: int) -> list[date]:
    """Those in every so many weeks, beginning with that of the first."""
    weeks = [(day - timedelta(days=day.weekday())) for day in days]
    return [day for day, week in zip(days, weeks, strict=True) if (week - weeks[0]).days // 7 % every == 0]


def _reason(day: date, days_off: Collection[date], closed_days: Mapping[date, str]) -> str | None:
    known = public_holidays(day.year).get(day) or closed_days.get(day)
    return known or ("휴강일" if day in days_off else None)


def _at(day: date, moment: time, timezone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, tzinfo=timezone)

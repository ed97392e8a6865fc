"""Days on which officers work."""

from collections.abc import Container
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from handlers.calendar.holidays import public_holidays
from handlers.calendar.hours import DAY, local

SATURDAY = 5


def is_off(day: date, closed_days: Container[date] = ()) -> bool:
    """A weekend, a public holiday, or one of `closed_days`."""
    return day.weekday() >= SATURDAY or day in public_holidays(day.year) or day in closed_days


def next_time(clock: time, since: datetime, zone: ZoneInfo, closed_days: Container[date] = ()) -> datetime:
    """When it is this time of day next on a working day."""
    day = since.astimezone(zone).date()
    while is_off(day, closed_days) or local(day, clock, zone) <= since:
        day += DAY
    return local(day, clock, zone)

"""The hours at which the service speaks by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """Local times; it is quiet from `quiet_from` until `quiet_until` of the next morning."""

    quiet_from: time = time(21)
    quiet_until: time = time(8)
    news_at: time = time(8, 30)
    remind_at: time = time(18)  # when tomorrow's class is spoken of
    grace_minutes: int = 10  # after an officer's act, until people are told of it
    unreachable_offer_hours: int = 48  # so long at least a seat is kept for somebody who can't be written to

    def is_quiet(self, at: datetime, zone: ZoneInfo) -> bool:
        clock = at.astimezone(zone).time()
        return clock >= self.quiet_from or clock < self.quiet_until

    def after_quiet_hours(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The moment itself, or the end of the quiet hours in which it lies."""
        if not self.is_quiet(at, zone):
            return at
        there = at.astimezone(zone)
        morning = there.date() + DAY if there.time() >= self.quiet_from else there.date()
        return local(morning, self.quiet_until, zone)


def local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone)


def last_day(ends_at: datetime, zone: ZoneInfo) -> date:
    """The last day of a time that ends before this moment."""
    return (ends_at - timedelta(microseconds=1)).astimezone(zone).date()


def closing(opens_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The end of the last of so many days after the one on which something opens."""
    return local(opens_at.astimezone(zone).date() + days * DAY + DAY, time(0), zone)


def days_whose(clock: time, since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The days on which this time of day lies after `since` and no later than `until`."""
    day = since.astimezone(zone).date()
    while local(day, clock, zone) <= until:
        if local(day, clock, zone) > since:
            yield day
        day += DAY

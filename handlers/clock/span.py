"""A stretch of time, and the moments in it at which the clock looks for what is to be told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from handlers.calendar.hours import DAY, local

T = TypeVar("T")


@dataclass(frozen=True)
class Span:
    """After `since` and no later than `until`. The clock looks once, at the end; a rehearsal looks at every `step`.

    A rehearsal asks the database once for all of it: which look would have found what is computed here.
    """

    since: datetime
    until: datetime
    step: timedelta | None = None

    def look_at(self, moment: datetime) -> datetime:
        """The look that finds what happened or fell due at this moment of the span."""
        if self.step is None:
            return self.until
        since = self.since.astimezone(UTC)
        return min(since - (since - moment) // self.step * self.step, self.until)

    def first_seen(self, zone: ZoneInfo, on_day: Callable[[date], Iterable[T]]) -> Iterator[tuple[datetime, T]]:
        """What is so on a day, as long as nothing changes: each once, with the first look that finds it."""
        known: set[T] = set()
        for look in self._first_of_days(zone):
            fresh = [each for each in on_day(look.astimezone(zone).date()) if each not in known]
            known.update(fresh)
            yield from ((look, each) for each in fresh)

    def _first_of_days(self, zone: ZoneInfo) -> Iterator[datetime]:
        if self.step is None:
            yield self.until
            return
        look = self.look_at(self.since + self.step)
        yield look
        while (midnight := local(look.astimezone(zone).date() + DAY, time(0), zone)) <= self.until:
            look = self.look_at(midnight)
            yield look

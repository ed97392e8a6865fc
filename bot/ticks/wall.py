"""Whether the clock on the wall is to be believed: what can't be undone isn't done by one that is wrong."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

log = logging.getLogger(__name__)

JUMP = timedelta(minutes=15)  # less is how clocks are set right, and how those of several machines differ
AWAY = timedelta(days=45)  # a service may be off for so long, over holidays and between terms
AHEAD = "clock: it is far ahead of what was before, so what can't be undone waits"
BEHIND = "clock: it is behind what was before, so what can't be undone waits"


def passed() -> float:
    """Seconds, those also for which the machine slept, where it tells them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def misfit(now: datetime, believed_at: datetime | None, newest: datetime | None) -> str:
    """What is wrong with a clock that was off: time doesn't go back, and nobody is away for so long; "" is nothing."""
    if newest and now < newest - JUMP:
        return BEHIND
    return AHEAD if believed_at and now > believed_at + AWAY else ""


class Wall:
    """Believed when it fits what is known from before, and after a jump no more until it comes back or is vouched for.

    While a jump isn't believed, time passes from the last moment that was.
    """

    def __init__(
        self, now: Callable[[], datetime] = lambda: datetime.now(UTC), seconds: Callable[[], float] = passed
    ) -> None:
        self._now = now
        self._seconds = seconds
        self._began: datetime | None = self._beginning()  # when the count of seconds began, as far as it is believed
        self._known: tuple[datetime | None, datetime | None] = (None, None)
        self._fault = ""

    def compare(self, believed_at: datetime | None, newest: datetime | None) -> None:
        """At the start, with what is known from before: believed only once it fits."""
        self._known = (believed_at, newest)
        self._began = None
        self.fault()

    def vouch(self) -> None:
        """Somebody looked, and the clock is right."""
        self._began = self._beginning()
        self.fault()

    def now(self) -> datetime:
        """The time for all that residents ask for; never before what is known to have been."""
        if self.fault() and self._began:
            return self._began + timedelta(seconds=self._seconds())
        return max(self._now(), self._known[1] or self._now()) if self._fault == BEHIND else self._now()

    def believed(self) -> datetime | None:
        """The time, if the clock is right."""
        return None if self.fault() else self.now()

    def is_doubted(self) -> bool:
        return bool(self.fault())

    def fault(self) -> str:
        """What is wrong with the clock; "" is nothing."""
        fault = self._look()
        if fault and not self._fault:
            log.error("%s", fault)
        elif self._fault and not fault:
            log.warning("clock: it is believed again")
        self._fault = fault
        return fault

    def _look(self) -> str:
        beginning = self._beginning()
        if self._began is None:
            fault = misfit(self._now(), *self._known)
            self._began = None if fault else beginning
            return fault
        ahead = beginning - self._began
        if abs(ahead) > JUMP:
            return AHEAD if ahead > JUMP else BEHIND
        self._began = beginning
        return ""

    def _beginning(self) -> datetime:
        return self._now() - timedelta(seconds=self._seconds())

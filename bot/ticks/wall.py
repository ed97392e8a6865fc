"""Whether the clock on the wall goes as fast as time passes: what can't be undone isn't done by one put ahead."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

log = logging.getLogger(__name__)

JUMP = timedelta(minutes=15)  # less is how clocks are set right
FAULT = "clock: it was put far ahead, so what can't be undone waits"


def passed() -> float:
    """Seconds, those also for which the machine slept, where it tells them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Wall:
    """Believed from the start; after a jump ahead not until it comes back, or somebody starts the service anew."""

    def __init__(
        self, now: Callable[[], datetime] = lambda: datetime.now(UTC), seconds: Callable[[], float] = passed
    ) -> None:
        self._now = now
        self._seconds = seconds
        self._began = self._beginning()
        self._was_ahead = False

    def is_ahead(self) -> bool:
        ahead = self._beginning() - self._began
        if abs(ahead) <= JUMP:
            self._began += ahead
        is_ahead = ahead > JUMP
        if is_ahead and not self._was_ahead:
            minutes = ahead.total_seconds() / 60
            log.error("the clock was put ahead minutes=%.0f: nothing is drawn, ended or forgotten", minutes)
        elif self._was_ahead and not is_ahead:
            log.warning("the clock came back")
        self._was_ahead = is_ahead
        return is_ahead

    def fault(self) -> str:
        return FAULT if self.is_ahead() else ""

    def _beginning(self) -> datetime:
        """When seconds began to be counted, as it looks from now."""
        return self._now() - timedelta(seconds=self._seconds())

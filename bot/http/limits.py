"""How fast somebody may write: token buckets in bounded memory."""

import time
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED = 20_000
MINUTES = 24 * 60  # of a day


class Rates:
    """A bucket for each key holds `burst` messages and fills by `per_minute`."""

    def __init__(self, per_minute: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_minute / 60
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def knows(self, key: str) -> bool:
        """Whether something was taken under this key not too long ago."""
        return key in self._buckets

    def take(self, key: str) -> float:
        """Seconds to wait before the next try; 0 when one was taken."""
        now = self._clock()
        left, since = self._buckets.pop(key, (float(self._burst), now))
        left = min(self._burst, left + (now - since) * self._per_second)
        granted = left >= 1
        self._buckets[key] = (left - 1 if granted else left, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return 0 if granted else (1 - left) / self._per_second

    def give_back(self, key: str) -> None:
        """What was taken for came to nothing."""
        left, since = self._buckets.get(key, (float(self._burst), self._clock()))
        self._buckets[key] = (min(self._burst, left + 1), since)


class Days:
    """What is taken in a day, in messages: of a session or an account, and of the strangers of an address.

    A class at one address looks around at its ease; what is made up there takes some megabytes a day, not gigabytes.
    What couldn't be kept is given back, as it is sent again by itself.
    """

    def __init__(self, session: int = 500, strangers: int = 4000) -> None:
        self.of_session = Rates(session / MINUTES, session)
        self.of_strangers = Rates(strangers / MINUTES, strangers)

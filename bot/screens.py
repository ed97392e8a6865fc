"""Which screens have just been shown: what came to lie under a finger a moment ago isn't pressed on purpose."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from bot.traits import UNREAD


class Screens:
    """Remembers for a moment what was shown, by whatever tells a channel's screens apart."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._shown: OrderedDict[tuple[Hashable, ...], float] = OrderedDict()

    def show(self, *screen: Hashable) -> None:
        """It has just been sent or edited."""
        now = self._clock()
        while self._shown and now - next(iter(self._shown.values())) >= UNREAD:
            self._shown.popitem(last=False)
        self._shown[screen] = now
        self._shown.move_to_end(screen)

    def is_unread(self, *screen: Hashable) -> bool:
        shown = self._shown.get(screen)
        return shown is not None and self._clock() - shown < UNREAD

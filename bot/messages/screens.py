"""What isn't pressed on purpose: what came to lie under a finger a moment ago, and what a second tap hits."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from bot.traits import SECOND_TAP, UNREAD


class Screens:
    """Remembers for a moment what was shown and pressed, by whatever tells a channel's screens and chats apart."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._shown: OrderedDict[tuple[Hashable, ...], float] = OrderedDict()
        self._pressed: OrderedDict[Hashable, tuple[str, float]] = OrderedDict()

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

    def press(self, chat: Hashable, key: str) -> bool:
        """Whether this press counts: no other was made there a moment ago. Delivered again, it is no other."""
        now = self._clock()
        while self._pressed and now - next(iter(self._pressed.values()))[1] >= SECOND_TAP:
            self._pressed.popitem(last=False)
        first, _ = self._pressed.setdefault(chat, (key, now))
        return first == key

"""Which messages have just been shown: what came to lie under a finger a moment ago isn't pressed on purpose."""

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.traits import UNREAD


class Screens:
    """Remembers for a moment what was shown, by chat and message."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._shown: OrderedDict[tuple[int, int], float] = OrderedDict()

    def show(self, chat: int, message_id: int) -> None:
        """It has just been sent or edited."""
        now = self._clock()
        while self._shown and now - next(iter(self._shown.values())) >= UNREAD:
            self._shown.popitem(last=False)
        self._shown[chat, message_id] = now
        self._shown.move_to_end((chat, message_id))

    def is_unread(self, chat: int, message_id: int) -> bool:
        shown = self._shown.get((chat, message_id))
        return shown is not None and self._clock() - shown < UNREAD

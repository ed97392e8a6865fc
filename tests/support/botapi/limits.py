"""Telegram's rate limits, off until switched on: 30 a second overall, 1 a second a chat, 20 a minute a group."""

import math
import time
from collections import deque
from dataclasses import dataclass, field

from tests.support.botapi.chats import Chat
from tests.support.botapi.errors import too_many_requests


@dataclass
class Limits:
    enabled: bool = False
    per_second: int = 30
    per_chat_second: float = 1.0
    chat_burst: int = 3
    per_group_minute: int = 20
    refused: int = 0
    _recent: deque[float] = field(default_factory=deque)
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)
    _groups: dict[int, deque[float]] = field(default_factory=dict)

    def admit(self, chat: Chat) -> None:
        """Count a message or an edit to this chat, or refuse it with the seconds to wait."""
        if not self.enabled:
            return
        now = time.monotonic()
        wait = max(self._overall_wait(now), self._chat_wait(chat, now))
        if wait > 0:
            self.refused += 1
            raise too_many_requests(max(1, math.ceil(wait)))
        self._recent.append(now)
        self._spend(chat, now)

    def _overall_wait(self, now: float) -> float:
        return _window_wait(self._recent, self.per_second, 1.0, now)

    def _chat_wait(self, chat: Chat, now: float) -> float:
        if not chat.private:
            return _window_wait(self._groups.setdefault(chat.id, deque()), self.per_group_minute, 60.0, now)
        return max(0.0, (1 - self._tokens(chat, now)) / self.per_chat_second)

    def _spend(self, chat: Chat, now: float) -> None:
        if chat.private:
            self._chats[chat.id] = (self._tokens(chat, now) - 1, now)
        else:
            self._groups[chat.id].append(now)

    def _tokens(self, chat: Chat, now: float) -> float:
        left, since = self._chats.get(chat.id, (self.chat_burst, now))
        return min(self.chat_burst, left + (now - since) * self.per_chat_second)


def _window_wait(times: deque[float], most: int, seconds: float, now: float) -> float:
    while times and times[0] <= now - seconds:
        times.popleft()
    return times[0] + seconds - now if len(times) >= most else 0.0

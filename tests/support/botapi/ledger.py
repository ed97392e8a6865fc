"""Bookkeeping for assertions: every call, and which update was answered how often and how soon."""

import time
from collections import Counter, deque
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from tests.support.botapi.chats import Chat


@dataclass(frozen=True)
class Call:
    method: str
    params: dict[str, Any]
    result: Any
    """What was answered: the result, or the whole refusal; None when the connection was broken."""
    code: int
    at: float


@dataclass
class Entry:
    """An update that owes an answer: a message of a person in a private chat, or a tap."""

    update_id: int
    chat: Chat
    said_at: float
    message_id: int
    callback_id: str | None = None
    replies: int = 0
    answered_at: float | None = None
    tap_answered: bool = False
    toast: str = ""
    """What the tap's answer flashed."""

    @property
    def lacks(self) -> str | None:
        if not self.replies:
            return "no reply"
        if self.callback_id and not self.tap_answered:
            return "no answerCallbackQuery"
        return None


@dataclass
class Ledger:
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=100_000))
    counts: Counter[str] = field(default_factory=Counter)
    entries: dict[int, Entry] = field(default_factory=dict)
    _open: dict[int, list[Entry]] = field(default_factory=dict)
    _last: dict[int, Entry] = field(default_factory=dict)
    _taps: dict[str, Entry] = field(default_factory=dict)

    def record(self, method: str, params: dict[str, Any], result: Any, code: int) -> None:
        self.counts[method if code == 200 else f"{method} {code}"] += 1
        self.calls.append(Call(method, params, result, code, time.time()))

    def owe(self, update_id: int, chat: Chat, message_id: int, callback_id: str | None = None) -> None:
        entry = Entry(update_id, chat, time.time(), message_id, callback_id)
        self.entries[update_id] = entry
        self._open.setdefault(chat.id, []).append(entry)
        if callback_id:
            self._taps[callback_id] = entry

    def sent(self, chat: Chat, reply_to: int | None) -> None:
        """A new message: it answers what it quotes, else the oldest open update, else the last one again."""
        waiting = self._open.get(chat.id, ())
        quoted = next((entry for entry in waiting if entry.message_id == reply_to), None) if reply_to else None
        self._credit(chat, quoted or (waiting[0] if waiting else self._last.get(chat.id)))

    def edited(self, chat: Chat, message_id: int, *, text: bool) -> None:
        """An edit answers the tap on that message; a mere change of keyboard answers nothing else."""
        waiting = self._open.get(chat.id, ())
        tapped = next((entry for entry in waiting if entry.callback_id and entry.message_id == message_id), None)
        if tapped or text:
            self._credit(chat, tapped or (waiting[0] if waiting else self._last.get(chat.id)))

    def tap_answered(self, callback_id: str, text: str) -> None:
        entry = self._taps.get(callback_id)
        if entry is None:
            return
        entry.tap_answered, entry.toast = True, text
        if text and not entry.replies:
            self._credit(entry.chat, entry)

    def unanswered(self) -> list[Entry]:
        """What still lacks an answer, except from people who can't be written to any more."""
        owed = (entry for entry in self.entries.values() if entry.lacks)
        return [entry for entry in owed if not entry.chat.blocked and not entry.chat.deactivated]

    def forget(self, except_for: Container[int]) -> None:
        """Everything but these updates, and what is still owed."""
        stay = {number: each for number, each in self.entries.items() if number in except_for or each.lacks}
        self.entries = stay
        self.calls.clear()

    def _credit(self, chat: Chat, entry: Entry | None) -> None:
        if entry is None:
            return
        entry.replies += 1
        self._last[chat.id] = entry
        if entry.replies == 1:
            entry.answered_at = time.time()
            self._open[chat.id].remove(entry)

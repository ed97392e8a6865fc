"""The queue of updates: kept until confirmed by a higher offset, handed to one poller at a time."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.botapi.errors import OTHER_POLLER, ApiError, bad_request

Update = dict[str, Any]

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
KINDS = NOT_BY_DEFAULT | {
    *("message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result"),
    *("callback_query", "shipping_query", "pre_checkout_query", "poll", "poll_answer", "my_chat_member"),
    *("chat_join_request", "chat_boost", "removed_chat_boost", "purchased_paid_media", "business_connection"),
    *("business_message", "edited_business_message", "deleted_business_messages", "managed_bot"),
    *("guest_message", "stopped_message_generation"),
}


@dataclass
class Updates:
    pending: OrderedDict[int, Update] = field(default_factory=OrderedDict)
    again: list[Update] = field(default_factory=list)
    known: dict[int, Update] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset(KINDS - NOT_BY_DEFAULT)
    last_id: int = 100_000_000
    handed_at: dict[int, float] = field(default_factory=dict)
    arrived: Callable[[Update], None] | None = None
    _poller: "asyncio.Future[None] | None" = None

    def push(self, kind: str, content: dict[str, Any]) -> int:
        """Queue an update unless the bot asked not to get its kind; the id is spent either way."""
        self.last_id += 1
        update = {"update_id": self.last_id, kind: content}
        self.known[self.last_id] = update
        if kind in self.allowed:
            self._queue(update)
        return self.last_id

    def push_raw(self, update: Update) -> int:
        """Queue this very update, however broken; it gets an id when it has none."""
        update_id: int = update.setdefault("update_id", self.last_id + 1)
        self.last_id = max(self.last_id, update_id)
        self.known[update_id] = update
        self._queue(update)
        return update_id

    def redeliver(self, update_id: int) -> None:
        """Hand an update out once more, even if it was confirmed."""
        if self.arrived:
            self.arrived(self.known[update_id])
        else:
            self.again.append(self.known[update_id])
            self._wake()

    def allow(self, kinds: Any) -> None:
        """Remember which kinds to queue from now on; nothing given keeps the former setting."""
        if kinds is None:
            return
        if not isinstance(kinds, list) or not set(kinds) <= KINDS:
            raise bad_request(f"unknown kind of update in allowed_updates: {kinds}")
        self.allowed = frozenset(kinds or KINDS - NOT_BY_DEFAULT)

    async def poll(self, offset: int, limit: int, wait: float) -> list[Update]:
        self.interrupt(OTHER_POLLER)
        self.confirm(offset)
        if wait > 0 and not (self.pending or self.again):
            await self._arrival(wait)
        return self._batch(limit)

    def confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._from_the_end(-offset)
        while self.pending and next(iter(self.pending)) < offset:
            self.pending.popitem(last=False)

    def _from_the_end(self, count: int) -> int:
        ids = list(self.pending)
        return ids[-count] if count <= len(ids) else 0

    def interrupt(self, reason: str) -> None:
        """End the waiting getUpdates, if there is one, with a conflict."""
        if self._poller and not self._poller.done():
            self._poller.set_exception(ApiError(409, reason))

    def handed(self, update: Update) -> None:
        self.handed_at.setdefault(update["update_id"], time.time())

    def release(self) -> None:
        """Let a waiting getUpdates return what there is."""
        self._wake()

    def _queue(self, update: Update) -> None:
        self.pending[update["update_id"]] = update
        if self.arrived:
            self.arrived(update)
        self._wake()

    def _wake(self) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

    async def _arrival(self, wait: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poller, wait)
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None

    def _batch(self, limit: int) -> list[Update]:
        batch, self.again = self.again[:limit], self.again[limit:]
        for update in self.pending.values():
            if len(batch) >= limit:
                break
            batch.append(update)
        for update in batch:
            self.handed(update)
        return batch

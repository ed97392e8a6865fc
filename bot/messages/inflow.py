"""Messages on their way: taken, answered and delivered, each chat in its order, chats side by side."""

import asyncio
import logging
from collections.abc import Sequence
from weakref import WeakValueDictionary

from bot import metrics
from bot.messages.answering import LEASE, Answering
from bot.messages.delivery import Deliverer, DeliveryError, Gone, Later, Undeliverable
from bot.messages.incoming import Incoming
from handlers.dialogue.conversation import Said
from handlers.dialogue.reply import Reply
from storage.dialogue import inbox

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 64  # chats answered at once
IN_HAND = 1000  # messages taken and not answered; more have to wait outside
UNSENT = 10_000  # and with those whose replies are on their way, which may be told to wait
CLAIM = 200


class Inflow:
    """One channel's messages, from the moment they are stored until their replies have left."""

    def __init__(self, channel: str, answering: Answering, deliverer: Deliverer) -> None:
        self.name = channel
        self._answering = answering
        self._deliverer = deliverer
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._room = asyncio.Semaphore(IN_HAND)
        self._unsent = asyncio.Semaphore(UNSENT)
        self._leaving: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, messages: Sequence[Incoming]) -> None:
        """Returns when the messages are stored; they are answered in the background."""
        for message in await self._answering.store(messages):
            await self._begin(message)

    async def recover(self) -> None:
        """Take up messages whose process died or whose reply has to be sent again."""
        database, now = self._answering.database, self._answering.now()
        while due := await database.write(lambda tx: inbox.claim(tx, self.name, now, now + LEASE, CLAIM)):
            for row in due:
                said = Said(row.body.get("text", ""), row.body.get("path", ""), row.body.get("other", ""))
                await self._begin(
                    Incoming(row.channel, row.key, row.address, said, row.body, row.body.get("language", ""))
                )

    async def reclaim(self) -> None:
        """At the start of the only process: whatever is unsettled is ours at once."""
        database, now = self._answering.database, self._answering.now()
        if not database.is_shared:
            await database.write(lambda tx: inbox.release(tx, self.name, now))
        await self.recover()

    async def drain(self, seconds: float) -> None:
        """Finish what is in hand; what isn't done by then is taken up at the next start."""
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()

    async def _begin(self, message: Incoming) -> None:
        await self._unsent.acquire()
        await self._room.acquire()
        if message.key in self._tasks:
            self._room.release()
            self._unsent.release()
        else:
            self._tasks[message.key] = asyncio.create_task(self._handle(message))

    async def _handle(self, message: Incoming) -> None:
        """Whose reply has to wait holds up nothing but what goes to the same chat."""
        try:
            reply = await self._answer(message)
            async with self._leaving.setdefault(message.address, asyncio.Lock()):
                await self._deliver(message, reply)
        except Exception:
            log.exception("message not answered channel=%s key=%s", message.channel, message.key)
        finally:
            self._tasks.pop(message.key, None)
            self._unsent.release()

    async def _answer(self, message: Incoming) -> Reply:
        try:
            async with self._answering.in_order(message.channel, message.address), self._slots:
                return await self._answering.answer(message)
        finally:
            self._room.release()

    async def _deliver(self, message: Incoming, reply: Reply) -> None:
        try:
            has_arrived = await self._deliverer.deliver(message, reply)
        except Later as later:
            metrics.DELIVERIES.labels(message.channel, "later").inc()
            await self._answering.postpone(message, later.delay, str(later))
        except Undeliverable as never:
            await (self._answering.lose(message) if isinstance(never, Gone) else self._excuse(message))
            metrics.DELIVERIES.labels(message.channel, "undeliverable").inc()
            await self._answering.settle(message, reply, str(never))
        else:
            metrics.DELIVERIES.labels(message.channel, "sent").inc()
            await self._answering.settle(message, reply, has_arrived=has_arrived)

    async def _excuse(self, message: Incoming) -> None:
        """Nobody is left without an answer."""
        try:
            await self._deliverer.deliver(message, await self._answering.excuse(message))
        except DeliveryError as error:
            log.warning("not even an excuse arrived channel=%s reason=%s", message.channel, error)

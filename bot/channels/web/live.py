"""Pushes what is new to the open pages: woken in this process, and by looking at the database for other processes."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from storage.database import Database, Transaction
from storage.dialogue import inbox

log = logging.getLogger(__name__)

A_SESSION = 4  # streams at once
AN_ADDRESS = 250  # a class with some tabs each
A_PROCESS = 1000
STRANGERS = 4  # those who never spoke get one in so many, and make way for those who did
HEARTBEAT = 15.0  # seconds; keeps proxies from closing a quiet stream
LOOK = 3.0  # seconds between looks at what other processes answered, and at what is due

Telling = Callable[[Collection[str]], Awaitable[None]]  # what is due at these addresses


@dataclass(eq=False)
class Bell:
    """What one stream waits for."""

    client: str
    is_stranger: bool
    rung: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    def end(self) -> None:
        self.is_over = True
        self.rung.set()


class Live:
    """The open streams. `close` ends them all: a server that stops must not wait for them."""

    def __init__(self, database: Database, channel: str, tell_due: Telling, most: int = A_PROCESS) -> None:
        self._database = database
        self._channel = channel
        self._tell_due = tell_due
        self._most = most
        self._bells: defaultdict[str, set[Bell]] = defaultdict(set)
        self._looking: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def streams(self) -> int:
        return sum(len(bells) for bells in self._bells.values())

    def open(self, address: str, client: str, is_stranger: bool) -> Bell | None:
        """For a stream that may be listened to; None when there is no place for it."""
        all_bells = [bell for bells in self._bells.values() for bell in bells if not bell.is_over]
        strangers = [bell for bell in all_bells if bell.is_stranger]
        here = sum(not bell.is_over for bell in self._bells.get(address, ()))
        there = sum(bell.client == client for bell in all_bells)
        if self._closed or here >= A_SESSION or there >= AN_ADDRESS:
            return None
        if is_stranger and len(strangers) >= self._most // STRANGERS:
            return None
        if len(all_bells) >= self._most:
            if is_stranger or not strangers:
                return None
            strangers[0].end()
        return Bell(client, is_stranger)

    def wake(self, address: str) -> None:
        """Something was said or answered there, so nobody there is a stranger."""
        for bell in self._bells.get(address, ()):
            bell.is_stranger = False
            bell.rung.set()

    def end(self, address: str) -> None:
        """Nothing more is told to the pages that are open there."""
        for bell in list(self._bells.get(address, ())):
            bell.end()

    def close(self) -> None:
        self._closed = True
        for bell in [bell for bells in self._bells.values() for bell in bells]:
            bell.end()

    async def wakes(self, address: str, bell: Bell) -> AsyncIterator[bool]:
        """Once at the start and whenever there may be news: True; when it was quiet for a heartbeat: False."""
        with self._listening(address, bell):
            rang = True
            while not (bell.is_over or self._closed):
                bell.rung.clear()
                yield rang
                rang = await _rings(bell.rung)

    @contextmanager
    def _listening(self, address: str, bell: Bell) -> Iterator[None]:
        self._bells[address].add(bell)
        self._looking = self._looking or asyncio.create_task(self._look())
        try:
            yield
        finally:
            self._bells[address].discard(bell)
            if not self._bells[address]:
                del self._bells[address]
            self._rest()

    def _rest(self) -> None:
        if self._looking and not self._bells:
            self._looking.cancel()
            self._looking = None

    async def _look(self) -> None:
        before: dict[str, int] = {}
        while True:
            await asyncio.sleep(LOOK)
            here = list(self._bells)
            try:
                await self._tell_due(here)
                counts = await self._database.read(partial(self._count, here))
            except Exception:
                log.exception("no look at what is new channel=%s", self._channel)
                continue
            for address, count in counts.items():
                if before.get(address) != count:
                    self.wake(address)
            before = counts

    def _count(self, addresses: list[str], tx: Transaction) -> dict[str, int]:
        """Also where nothing is there any more."""
        return dict.fromkeys(addresses, 0) | inbox.count_answered(tx, self._channel, addresses)


async def _rings(bell: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(HEARTBEAT):
            return await bell.wait()
    except TimeoutError:
        return False

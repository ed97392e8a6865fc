"""Pushes what is new to the open pages: woken in this process, and by looking at the database for other processes."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial

from storage import inbox
from storage.database import Database, Transaction

log = logging.getLogger(__name__)

A_SESSION = 4  # streams at once
A_PROCESS = 1000
HEARTBEAT = 15.0  # seconds; keeps proxies from closing a quiet stream
LOOK = 3.0  # seconds between looks at what other processes answered


class Live:
    """The open streams. `close` ends them all: a server that stops must not wait for them."""

    def __init__(self, database: Database, channel: str) -> None:
        self._database = database
        self._channel = channel
        self._bells: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._looking: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def streams(self) -> int:
        return sum(len(bells) for bells in self._bells.values())

    def has_room(self, address: str) -> bool:
        here = len(self._bells.get(address, ()))
        return not self._closed and here < A_SESSION and self.streams < A_PROCESS

    def wake(self, address: str) -> None:
        for bell in self._bells.get(address, ()):
            bell.set()

    def close(self) -> None:
        self._closed = True
        for address in list(self._bells):
            self.wake(address)

    async def wakes(self, address: str) -> AsyncIterator[bool]:
        """Once at the start and whenever there may be news: True; when it was quiet for a heartbeat: False."""
        with self._listening(address) as bell:
            rang = True
            while not self._closed:
                bell.clear()
                yield rang
                rang = await _rings(bell)

    @contextmanager
    def _listening(self, address: str) -> Iterator[asyncio.Event]:
        bell = asyncio.Event()
        self._bells[address].add(bell)
        self._looking = self._looking or asyncio.create_task(self._look())
        try:
            yield bell
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
            try:
                counts = await self._database.read(partial(self._count, list(self._bells)))
            except Exception:
                log.exception("no look at the inbox channel=%s", self._channel)
                continue
            for address, count in counts.items():
                if before.get(address) != count:
                    self.wake(address)
            before = counts

    def _count(self, addresses: list[str], tx: Transaction) -> dict[str, int]:
        return inbox.count_answered(tx, self._channel, addresses)


async def _rings(bell: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(HEARTBEAT):
            return await bell.wait()
    except TimeoutError:
        return False

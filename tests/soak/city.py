"""A city of residents and officers before real processes, with every outside service as its strict double."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp
from sqlalchemy.exc import DBAPIError

from bot.channels.telegram.receiving import FAULT as RIVAL
from handlers.notices.templates import NAMED, TEXTS
from storage.database import Database, Transaction
from storage.engine.opening import open_database
from tests.soak.ground import Ground
from tests.support.botapi import BotApi
from tests.support.botapi.ledger import Entry
from tests.support.domain import SEAL
from tests.support.eventapi import EventServer
from tests.support.service import pushing
from tests.support.service.kept import TOO_SOON
from tests.support.service.process import Service
from tests.support.service.town import Town
from tests.support.solapi import Dealer
from tests.walks.travelling import JUMPS, TICK, VARIABLE

T = TypeVar("T")

KIND = "closed"  # of the notices that are pushed
PATIENCE = 600.0  # seconds in which all comes right again after a trouble, however busy the machine is
LATE = 120.0  # seconds for which a reply may be repeated after a cut, and be taken for one to what was said since
TRAVELLING = ("-m", "tests.walks.travelling")


def _is_well(found: tuple[int, str]) -> bool:
    """That another one polled is told for ten minutes, though all goes on."""
    status, said = found
    return status == 200 or said == RIVAL


@dataclass
class City:
    """`counts` is what is told in the end; `in_hand` tells who waits for what, so that a kill hits it."""

    ground: Ground
    town: Town
    services: list[Service]
    event: EventServer
    dealer: Dealer
    dice: random.Random
    dice_reports: random.Random = field(default_factory=lambda: random.Random(7))
    counts: "Counter[str]" = field(default_factory=Counter)
    in_hand: "Counter[str]" = field(default_factory=Counter)
    troubled: list[tuple[float, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    flooding: set[int] = field(default_factory=set)  # chats whose messages aren't all taken
    flows: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False
    told: str = ""  # of the last trouble
    notes: list[str] = field(default_factory=list)

    @property
    def api(self) -> BotApi:
        return self.town.api

    @property
    def database(self) -> Database:
        return self.town.database

    # --- the clock ---

    def turns_clock(self, seconds: float) -> None:
        """By so much the services' clock is ahead of the machine's."""
        clock = self.ground.folder / "clock"
        clock.with_suffix(".new").write_text(str(seconds))
        clock.with_suffix(".new").replace(clock)

    # --- the database, also while it is in trouble ---

    async def asks(self, work: Callable[[Transaction], T]) -> T:
        return await self._insists(lambda: self.database.read(work))

    async def does(self, work: Callable[[Transaction], T]) -> T:
        """Work that may be done once more where nobody knows whether it was."""
        return await self._insists(lambda: self.database.write(work))

    async def _insists(self, work: Callable[[], Any]) -> Any:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return await work()
            except (DBAPIError, OSError):
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(0.5)

    # --- who is at work ---

    @contextmanager
    def busy(self, path: str) -> Iterator[None]:
        self.in_hand[path] += 1
        try:
            yield
        finally:
            self.in_hand[path] -= 1

    @asynccontextmanager
    async def trouble(self) -> AsyncIterator[None]:
        began = time.time()
        self.troubled.append((began, float("inf")))
        try:
            yield
        finally:
            self.troubled[-1] = (began, time.time())

    def was_calm(self, entry: Entry) -> bool:
        until = (entry.answered_at or time.time()) + LATE
        return all(until < began or entry.said_at > ended + LATE for began, ended in self.troubled)

    # --- the processes ---

    def any_service(self) -> Service:
        """Whoever comes now is served by this one."""
        return self.services[sum(self.counts.values()) % len(self.services)]

    async def kills(self, service: Service) -> None:
        await service.kill()
        self.counts["kills"] += 1
        await service.launch()

    async def gets_well(self, is_told: bool = True) -> None:
        """Returns when every process says that it is well. One that ended by itself is a fault, where that is told."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as session:
            for service in self.services:
                until = time.monotonic() + PATIENCE
                while not _is_well(found := await service.health(session)):
                    if is_told and not service.is_running:
                        self.faults.append(f"a process ended by itself: {service.logs[-600:]}")
                        await service.launch()
                    if time.monotonic() > until:
                        self.faults += [f"not well again: {found}"] if is_told else []
                        return
                    await asyncio.sleep(0.1)

    async def catches_up(self) -> None:
        """Returns when whatever was said before now has its reply; what has none in time is lost."""
        said, until = time.time(), time.monotonic() + PATIENCE
        while owed := [each for each in self.owed() if each.said_at <= said]:
            if time.monotonic() > until:
                self.faults.append(f"lost: {len(owed)} updates without a reply, the first {owed[0]}")
                return
            await asyncio.sleep(0.2)

    def owed(self) -> list[Entry]:
        entries = self.api.ledger.entries.values()
        return [each for each in entries if not each.replies and each.chat.id not in self.flooding]

    def kept_entries(self) -> list[Entry]:
        """Those whose updates have to be in the inbox: not what was pressed too soon, nor a flood."""
        entries = self.api.ledger.entries.values()
        return [each for each in entries if each.toast != TOO_SOON and each.chat.id not in self.flooding]


@asynccontextmanager
async def inhabited(ground: Ground, seed: int) -> AsyncIterator[City]:
    """Whose processes are well: one on SQLite, two on PostgreSQL."""
    await ground.begins()
    database, dealer = await open_database(ground.database_url, SEAL), await Dealer().start()
    dealer.account.offers(NAMED[KIND], TEXTS[KIND].text)
    dealer.account.balance = 10**9
    async with BotApi() as api, EventServer() as event:
        more = pushing.settings(event, dealer)
        environment = {**pushing.AWAKE, VARIABLE: str(ground.folder / "clock"), TICK: "5", JUMPS: "yes"}
        services = []
        for number in range(1 if ground.kind == "sqlite" else 2):
            (ground.folder / str(number)).mkdir()
            services.append(
                Service(
                    ground.folder / str(number), ground.database_url, api, "polling", more, TRAVELLING, **environment
                )
            )
        town = Town(api, services[0], database)
        city = City(ground, town, services, event, dealer, random.Random(seed))
        city.turns_clock(0)
        try:
            await asyncio.gather(*(each.start() for each in services))
            city.flows.set()
            yield city
        finally:
            for each in services:
                if each.is_running:
                    await each.kill()
            await dealer.stop()
            with contextlib.suppress(Exception):
                await database.close()

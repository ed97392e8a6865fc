"""Delivers what the outbox owes: each notice at most once, worded at the last moment, the most urgent first."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot import metrics
from bot.messages import leaving
from bot.messages.delivery import Gone, Later, Pushed, Undeliverable, Unknown, Way
from bot.messages.leaving import Leaving
from bot.messages.pace import Pace
from handlers.clock import notices
from handlers.dialogue.organization import Organization
from storage import reasons
from storage.database import Database, Leadership
from storage.notices import outbox
from storage.notices.outbox import NEWS, RANKS, URGENT, Owed
from storage.people import reaching
from storage.people.reaching import Reached
from storage.reasons import Reason
from storage.states import NoticeOutcome
from storage.ways import dispatches

log = logging.getLogger(__name__)

NAME = "courier"
LEASE = timedelta(seconds=20)
IN_HAND = 90  # notices claimed at once: three seconds' worth
AHEAD = 8  # notices of a way that are worded and wait for their turn to be sent
FRESH = 0.5  # seconds for which words are taken to be still true: after them they are chosen anew
LOOK = 1.0  # seconds between looks at the outbox when nothing is owed
SHELVE = 5000  # notices set aside at once for residents who can be sent nothing
STAND_BY = 5.0  # seconds between tries to become the courier
LOST_AFTER = timedelta(minutes=10)  # no call takes so long
HOLD = 2.0  # seconds that a notice may wait here for its chat; longer waits are kept in the outbox


class Courier:
    """One a database: on PostgreSQL the one that holds the leadership, taken over when its process dies."""

    def __init__(
        self,
        database: Database,
        organization: Organization,
        now: Callable[[], datetime],
        ways: Mapping[str, Way],
        beat: Callable[[], None] = lambda: None,
        must_wait: Callable[[], bool] = lambda: False,
    ) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._ways = ways
        self._beat = beat
        self._leaving = Leaving(organization, now, ways, must_wait)
        self._ahead = {name: Pace(AHEAD, second=0.0) for name in ways}  # one that is held up holds up no other
        self._tasks: set[asyncio.Task[None]] = set()
        self._stirred = asyncio.Event()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Deliver until `stop`; wait for the leadership while another process holds it."""
        while not self._stopping.is_set():
            try:
                leadership = await self._database.lead(NAME)
                if leadership:
                    await self._serve(leadership)
            except Exception:
                log.exception("the courier stumbled")
            self._beat()
            await _set_within(self._stopping, STAND_BY)

    def stop(self) -> None:
        """Take nothing more; `run` ends when what is on its way has arrived."""
        self._stopping.set()
        self._stirred.set()

    async def deliver_due(self) -> int:
        """Deliver what is due now, as far as it fits in hand, and tell how much that was."""
        await self.set_aside()
        found = await self._claim(IN_HAND)
        await asyncio.gather(*(self._deliver(owed) for owed in found))
        return len(found)

    async def set_aside(self) -> None:
        """What can be sent nowhere waits for the next visit. A reader looks through all, as that may take long."""
        now, ways = self._now(), list(self._ways)
        look = partial(notices.without_a_way, ways=ways, organization=self._organization, now=now, limit=SHELVE)
        while ids := await self._database.read(look):
            await self._database.write(partial(outbox.shelve, ids=ids, ways=ways, now=now))

    async def give_up_lost(self) -> None:
        """What was being sent when something broke, so that nobody came to write down what became of it."""
        await self._give_up_started(self._now() - LOST_AFTER)

    async def _give_up_started(self, before: datetime) -> None:
        now = self._now()
        lost = await self._database.write(partial(leaving.lose, before=before, now=now))
        if lost:
            log.warning("notices of unknown outcome count=%s", lost)

    async def _serve(self, leadership: Leadership) -> None:
        async with leadership:
            await self._give_up_started(self._now())
            while not self._stopping.is_set() and await leadership.is_held():
                self._beat()
                await self._begin()
            await asyncio.gather(*self._tasks)

    async def _begin(self) -> None:
        """Take as much as there is room for; come back when a third of it is free, or after a while."""
        for owed in await self._claim(IN_HAND - len(self._tasks)):
            task = asyncio.create_task(self._deliver(owed))
            self._tasks.add(task)
            task.add_done_callback(self._done)
        self._stirred.clear()
        await _set_within(self._stirred, LOOK)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if len(self._tasks) <= IN_HAND * 2 // 3:
            self._stirred.set()

    async def _claim(self, room: int) -> list[Owed]:
        now = self._now()
        if room <= 0 or self._leaving.must_wait():
            return []
        ranks = (URGENT,) if self._organization.hours.is_quiet(now, self._organization.timezone) else RANKS
        return await self._database.write(lambda tx: outbox.claim(tx, now, now + LEASE, room, ranks))

    async def _deliver(self, owed: Owed) -> None:
        try:
            found = await self._database.read(partial(self._leaving.choose, owed))
            if isinstance(found, str):
                return await self._settle(owed, "unreached", found)
            if until := self._rests_until(owed, found.way):
                return await self._again(owed, until, Reason.TOLD_TO_WAIT)
            pace = self._ways[found.way].pace
            if pace.wait_for(found.address) > HOLD:
                return await self._again(owed, self._in(pace.wait_for(found.address)), Reason.CHAT_BUSY)
            await asyncio.sleep(pace.reserve(found.address))
            await self._take_turn(owed, found)
        except Exception:
            log.exception("notice not delivered key=%s", owed.key)

    def _rests_until(self, owed: Owed, way: str) -> datetime | None:
        return self._ways[way].rests_until(owed.rank == NEWS, self._now())

    async def _take_turn(self, owed: Owed, to: Reached) -> None:
        """A turn lasts as long as the call: only a few are prepared before it, so that little is old or in doubt."""
        prepare, way = partial(self._leaving.prepare, owed, to), self._ways[to.way]
        async with AsyncExitStack() as turn:
            async with self._ahead[to.way].turn(owed.rank):
                said, worded_at = await self._database.write(prepare), _seconds()
                if said is not None:
                    await turn.enter_async_context(way.pace.turn(owed.rank))
            if said is not None and _seconds() - worded_at > FRESH:
                said = await self._database.write(partial(leaving.anew, owed, prepare))
            if said is not None:
                await self._send(owed, to, said)

    async def _send(self, owed: Owed, to: Reached, said: Any) -> None:
        way = self._ways[to.way]
        try:
            pushed = await way.pusher.push(to.address, said, owed.attempts + 1)
        except Later as later:
            await self._again(owed, self._now() + later.delay, str(later))
        except Gone:
            await self._database.write(lambda tx: reaching.mark_reachable(tx, to.way, to.address, False))
            await self._fail(owed, reasons.write(Reason.UNREACHABLE, to.way))
        except Undeliverable as never:
            if way.tells_later:  # another way may carry it
                await self._fail(owed, str(never))
            else:
                await self._settle(owed, "refused", str(never))
        except Unknown as unknown:
            await self._settle(owed, "unknown", str(unknown))
        except Exception as bug:
            log.exception("notice of unknown outcome key=%s", owed.key)
            await self._settle(owed, "unknown", reasons.write(Reason.BUG, type(bug).__name__))
        else:
            await self._pushed(owed, pushed)

    async def _pushed(self, owed: Owed, pushed: Pushed) -> None:
        if pushed.batch:
            now = self._now()
            await self._database.write(lambda tx: dispatches.accept(tx, owed.id, pushed.batch, pushed.message, now))
            metrics.NOTICES.labels(owed.kind, "accepted").inc()
        else:
            await self._settle(owed, "sent", None, pushed.message)

    async def _settle(self, owed: Owed, outcome: NoticeOutcome, reason: str | None, message: str | None = None) -> None:
        now = self._now()
        await self._database.write(lambda tx: leaving.settled(tx, owed, outcome, now, reason, message))

    async def _again(self, owed: Owed, due_at: datetime, reason: str) -> None:
        """It certainly didn't leave."""
        metrics.NOTICES.labels(owed.kind, "later").inc()
        await self._database.write(partial(leaving.taken_back, owed, due_at, reason))

    async def _fail(self, owed: Owed, reason: str) -> None:
        """By this way it will never leave; another may carry it."""
        metrics.NOTICES.labels(owed.kind, "later").inc()
        await self._database.write(partial(leaving.failed, owed, self._now(), reason))

    def _in(self, seconds: float) -> datetime:
        return self._now() + timedelta(seconds=seconds)


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


def _seconds() -> float:
    return asyncio.get_running_loop().time()

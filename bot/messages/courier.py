"""Delivers what the outbox owes: each notice at most once, worded at the last moment, the most urgent first."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from functools import partial

from bot import metrics
from bot.messages.delivery import Gone, Later, Undeliverable, Unknown, Way
from bot.messages.pace import Pace
from handlers.clock import notices
from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from storage import ailments, outbox, reasons
from storage.database import Database, Leadership, Transaction
from storage.outbox import RANKS, URGENT, Owed
from storage.people import residents
from storage.reasons import Reason
from storage.states import NoticeOutcome

log = logging.getLogger(__name__)

NAME = "courier"
LEASE = timedelta(seconds=20)
IN_HAND = 90  # notices claimed at once: three seconds' worth
AHEAD = 8  # notices that are worded and wait for their turn to be sent
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
        self._must_wait = must_wait
        self._ahead = Pace(AHEAD, second=0.0)
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
            except Exception as error:
                ailment = ailments.of(error)
                log.error("the courier stumbled %s", ailment or "", exc_info=ailment is None)
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
        now, channels = self._now(), list(self._ways)
        look = partial(notices.without_a_way, channels=channels, organization=self._organization, now=now, limit=SHELVE)
        while ids := await self._database.read(look):
            await self._database.write(partial(outbox.shelve, ids=ids, channels=channels, now=now))

    async def give_up_lost(self) -> None:
        """What was being sent when something broke, so that nobody came to write down what became of it."""
        await self._give_up_started(self._now() - LOST_AFTER)

    async def _give_up_started(self, before: datetime) -> None:
        now = self._now()
        lost = await self._database.write(lambda tx: outbox.give_up_started(tx, before, now))
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
        if room <= 0 or self._must_wait():
            return []
        ranks = (URGENT,) if self._organization.hours.is_quiet(now, self._organization.timezone) else RANKS
        return await self._database.write(lambda tx: outbox.claim(tx, now, now + LEASE, room, ranks))

    async def _deliver(self, owed: Owed) -> None:
        try:
            found = await self._database.read(partial(self._address, owed))
            if found is None:
                return await self._settle(owed, "unreached", Reason.NO_ADDRESS)
            channel, address = found
            pace = self._ways[channel].pace
            if pace.wait_for(address) > HOLD:
                return await self._again(owed, timedelta(seconds=pace.wait_for(address)), Reason.CHAT_BUSY)
            await asyncio.sleep(pace.reserve(address))
            await self._take_turn(owed, channel, address)
        except Exception:
            log.exception("notice not delivered key=%s", owed.key)

    def _address(self, owed: Owed, tx: Transaction) -> tuple[str, str] | None:
        """Of whom it is for by now."""
        resident_id, channels = outbox.whose(tx, owed.id) or owed.resident_id, list(self._ways)
        if owed.address_id is not None:
            return next(iter(residents.reachable_there(tx, resident_id, owed.address_id, channels)), None)
        return next(iter(residents.reachable_at(tx, resident_id, channels)), None)

    async def _take_turn(self, owed: Owed, channel: str, address: str) -> None:
        """A turn lasts as long as the call: only a few are prepared before it, so that little is old or in doubt."""
        prepare = partial(self._prepare, owed, channel, address)
        async with AsyncExitStack() as turn:
            async with self._ahead.turn(owed.rank):
                reply, worded_at = await self._database.write(prepare), _seconds()
                if reply:
                    await turn.enter_async_context(self._ways[channel].pace.turn(owed.rank))
            if reply and _seconds() - worded_at > FRESH:
                reply = await self._database.write(partial(_anew, owed, prepare))
            if reply:
                await self._send(owed, channel, address, reply)

    async def _send(self, owed: Owed, channel: str, address: str, reply: Reply) -> None:
        try:
            message = await self._ways[channel].pusher.push(address, reply, owed.attempts + 1)
        except Later as later:
            await self._again(owed, later.delay, str(later))
        except Gone:
            await self._database.write(lambda tx: residents.mark_reachable(tx, channel, address, False))
            await self._again(owed, timedelta(), reasons.write(Reason.UNREACHABLE, channel))
        except Undeliverable as never:
            await self._settle(owed, "refused", str(never))
        except Unknown as unknown:
            await self._settle(owed, "unknown", str(unknown))
        except Exception as bug:
            log.exception("notice of unknown outcome key=%s", owed.key)
            await self._settle(owed, "unknown", reasons.write(Reason.BUG, type(bug).__name__))
        else:
            await self._settle(owed, "sent", None, message)

    def _prepare(self, owed: Owed, channel: str, address: str, tx: Transaction) -> Reply | None:
        """The words as they are true now; from the commit on it counts as being sent."""
        now = self._now()
        held = outbox.hold(tx, owed.id)
        if held is None or held.is_paused or self._must_wait():
            return None
        if owed.expires_at <= now:
            _settled(tx, owed, "expired", now, Reason.TOO_OLD)
            return None
        chat = self._chat_about(tx, held.resident_id, channel, address)
        if chat is None:  # the chat has become somebody else's since it was chosen
            outbox.again(tx, owed.id, now, reasons.write(Reason.UNREACHABLE, channel))
            return None
        reply = notices.word(chat, owed)
        if reply is None:
            _settled(tx, owed, "cancelled", now, Reason.UNTRUE)
        else:
            outbox.start(tx, owed.id, channel, now)
        return reply

    def _chat_about(self, tx: Transaction, resident_id: int, channel: str, address: str) -> Chat | None:
        """None where this address doesn't reach them any more: another is looked for at the next turn."""
        speaker = residents.find(tx, channel, address) or residents.by_id(tx, resident_id)
        chat = Chat(tx, speaker, self._now(), channel, address, self._organization)
        return on_behalf.find(chat, resident_id)

    async def _settle(self, owed: Owed, outcome: NoticeOutcome, reason: str | None, message: str | None = None) -> None:
        now = self._now()
        await self._database.write(lambda tx: _settled(tx, owed, outcome, now, reason, message))

    async def _again(self, owed: Owed, delay: timedelta, reason: str) -> None:
        metrics.NOTICES.labels(owed.kind, "later").inc()
        due_at = self._now() + delay
        await self._database.write(lambda tx: outbox.again(tx, owed.id, due_at, reason))


def _anew(owed: Owed, prepare: Callable[[Transaction], Reply | None], tx: Transaction) -> Reply | None:
    outbox.take_back(tx, owed.id)
    return prepare(tx)


def _settled(
    tx: Transaction, owed: Owed, outcome: NoticeOutcome, now: datetime, reason: str | None, message: str | None = None
) -> None:
    metrics.NOTICES.labels(owed.kind, outcome).inc()
    outbox.settle(tx, owed.id, outcome, now, reason, message)


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


def _seconds() -> float:
    return asyncio.get_running_loop().time()

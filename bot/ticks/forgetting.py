"""Once a night what has been kept as long as was promised goes: a little at a time, so that nobody waits for it."""

import logging
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from functools import partial

from handlers.dialogue.organization import Organization
from handlers.rights.merging import UNDONE_WITHIN
from handlers.staff.desk.desk import SERVICE
from storage.asking import settling
from storage.audit import chain, journal
from storage.database import Database
from storage.dialogue import inbox, missed
from storage.people import linking, links, merging, strangers
from storage.people.forgetting import retention
from storage.people.forgetting.periods import Night
from storage.people.forgetting.retention import Task
from storage.ways import dispatches, files

log = logging.getLogger(__name__)

NAME = "forget"
STRANGERS = 1000  # looked for at once
KEEP_LINKS = timedelta(days=1)  # so long one that is over is told apart from one that never was


class Forgetting:
    """From its hour on, or as soon as the service runs after it; of several processes one does it."""

    def __init__(
        self, database: Database, organization: Organization, now: Callable[[], datetime], at: clock = clock(4)
    ) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._at = at
        self._done: date | None = None

    async def tend(self) -> None:
        night = self._night()
        if night.now.time() < self._at or self._done == night.today:
            return
        leadership = await self._database.lead(NAME)
        if leadership is None:
            return
        async with leadership:
            if not await self._database.read(lambda tx: retention.was_carried_out(tx, night.today)):
                await self.carry_out()
        self._done = night.today

    async def carry_out(self) -> None:
        """What a run that was broken off left is found by the next one: nothing is noted before all is done."""
        night, began = self._night(), time.monotonic()
        counts = {"strangers": await self._forget_strangers(night)}
        counts |= {task.name: await self._go_through(task, night) for task in retention.TASKS}
        counts["access_log"] = await self._cut_journal(night)
        await self._tidy(night)
        ended_at = self._now()
        await self._database.write(lambda tx: retention.note(tx, night.today, night.now, ended_at, counts))
        told = " ".join(f"{name}={count}" for name, count in counts.items() if count)
        log.info("forgot what was over seconds=%.0f %s", time.monotonic() - began, told or "nothing=0")

    def _night(self) -> Night:
        return Night(self._now().astimezone(self._organization.timezone), self._organization.periods)

    async def _go_through(self, task: Task, night: Night) -> int:
        """A reader looks through all, as that may take long; the writer is asked for a little at a time."""
        after, gone = 0, 0
        while keys := await self._database.read(partial(task.find, night=night, after=after)):
            gone += await self._database.write(partial(task.go_on, keys=keys, night=night))
            after = keys[-1]
        return gone

    async def _forget_strangers(self, night: Night) -> int:
        """What they said, and that they were here."""
        read, write, before, gone = self._database.read, self._database.write, night.before("strangers"), 0
        while ids := await read(lambda tx: strangers.talk(tx, before, STRANGERS)):
            await write(partial(inbox.forget, ids=ids))
        while ids := await read(lambda tx: strangers.find(tx, before, STRANGERS)):
            forgotten = await write(partial(strangers.forget, ids=ids))
            gone += forgotten
            if not forgotten:
                break
        return gone

    async def _tidy(self, night: Night) -> None:
        """What was never anybody's."""
        write = self._database.write
        await write(lambda tx: settling.destroy_before(tx, night.now - settling.KEEP_SEALED))
        days = night.before_day("missed"), night.before_day("missed_kept")
        await write(lambda tx: missed.forget_before(tx, *days))
        await write(lambda tx: retention.forget_runs_before(tx, night.before_day("runs")))
        await write(lambda tx: links.forget_before(tx, night.now - KEEP_LINKS))
        await write(lambda tx: linking.forget_before(tx, night.now - linking.KEPT))
        await write(lambda tx: dispatches.give_up(tx, files.FILE, night.now - files.KEPT, night.now))
        await write(lambda tx: merging.settle_before(tx, night.now - UNDONE_WITHIN, night.now))

    async def _cut_journal(self, night: Night) -> int:
        """The log has the end of the chain, so that what is lost behind it can be told."""
        cut = partial(journal.cut, officer=SERVICE, before=night.before("access_log"), now=night.now)
        gone = await self._database.write(cut)
        entry, digest = await self._database.read(chain.head)
        log.info("journal entry=%s digest=%s removed=%s", entry, digest, gone)
        return gone

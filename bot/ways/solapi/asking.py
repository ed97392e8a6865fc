"""Asking the dealer what became of messages: of all that aren't known, also where its own call was lost."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import quote

from bot.ways import results
from bot.ways.calls import CallError
from bot.ways.solapi import client, reports
from bot.ways.solapi.client import Client, Refused
from bot.ways.solapi.reports import Reporting
from storage.database import Database
from storage.people.reaching import ALIMTALK
from storage.ways import dispatches

log = logging.getLogger(__name__)

SELDOM = timedelta(minutes=30)
AROUND = timedelta(minutes=10)  # by which our clock and the dealer's may differ
LONGEST = 12.0  # seconds for one round: the next one goes on
GIVE_UP = timedelta(minutes=10)  # between looks for what nobody will ever tell of


class Asking:
    """The younger a message, the sooner it is asked for again; when is only remembered here: a start asks for all."""

    def __init__(
        self,
        client: Client,
        database: Database,
        reporting: Reporting,
        now: Callable[[], datetime],
        soonest: timedelta,
    ) -> None:
        self._client = client
        self._database = database
        self._reporting = reporting
        self._now = now
        self._soonest = soonest
        self._next: dict[str, datetime] = {}
        self._looked_for_lost: datetime | None = None
        self._given_up: datetime | None = None

    async def ask(self) -> None:
        """Once round; where the dealer doesn't answer, later again."""
        try:
            await self._ask_for_groups()
            await self._look_for_lost()
        except (CallError, Refused) as error:
            log.warning("results of AlimTalk not told error=%s: %s", type(error).__name__, error)
        if self._given_up is None or self._now() - self._given_up >= GIVE_UP:
            self._given_up = self._now()
            await results.give_up(self._database, self._now, ALIMTALK)

    async def _ask_for_groups(self) -> None:
        until = asyncio.get_running_loop().time() + LONGEST
        unsettled = await self._database.read(lambda tx: dispatches.unsettled_batches(tx, ALIMTALK))
        self._next = {batch: self._next[batch] for batch, _ in unsettled if batch in self._next}
        for batch, since in unsettled:
            if self._now() < self._next.get(batch, since + self._soonest):
                continue
            if asyncio.get_running_loop().time() > until:
                return
            self._next[batch] = self._now() + self._pause(since)
            await self._ask_for(batch)

    async def _ask_for(self, batch: str) -> None:
        found = await self._client.pages(client.GROUP.format(quote(batch, safe="")), "messageList")
        await self._reporting.take([reports.read(each) for each in found])

    async def _look_for_lost(self) -> None:
        """Of what was sent and never confirmed, the dealer's list of those minutes tells what it took."""
        now = self._now()
        since = now - results.PATIENCE
        lost = await self._database.read(partial(dispatches.unanswered, way=ALIMTALK, since=since))
        if not lost:
            return
        oldest, newest = min(each.started_at for each in lost), max(each.started_at for each in lost)
        looked = self._looked_for_lost
        if now - oldest < self._soonest or (looked and now - looked < self._pause(newest)):
            return
        self._looked_for_lost = now
        span = (oldest - AROUND, newest + AROUND)
        begin, end = (each.astimezone(UTC).isoformat(timespec="seconds") for each in span)
        found = await self._client.pages(client.LIST, "messageList", dateType="CREATED", startDate=begin, endDate=end)
        await self._reporting.take([reports.read(each) for each in found])

    def _pause(self, since: datetime) -> timedelta:
        return min(max(self._soonest, (self._now() - since) / 4), SELDOM)

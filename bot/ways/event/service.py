"""KakaoTalk's Event API as a way out: what is sent, and asking what became of it."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from starlette.routing import Route

from bot.messages.delivery import Way
from bot.messages.pace import Pace
from bot.settings import Settings
from bot.ways import results, together
from bot.ways.calls import CallError
from bot.ways.event import sending, tasks
from bot.ways.event.calling import EventCalls
from bot.ways.event.sending import NAME, EventPush
from bot.ways.results import Result
from handlers.calendar.hours import Hours
from storage.database import Database, Transaction
from storage.people import reaching
from storage.ways import dispatches, doubtful, spending
from storage.ways.dispatches import Dispatch

log = logging.getLogger(__name__)

OF_NEWS = Hours(quiet_from=time(20, 50), quiet_until=time(8))  # when advertising rests in KakaoTalk
SOON, LATE = timedelta(seconds=2), timedelta(minutes=10)  # between two questions about a task
ASKED_AT_ONCE, ASKED_IN_TURN = 5, 50
HURRY = 2.0  # seconds that calls may take to end
REST = timedelta(seconds=10)  # after an answer that isn't one: nothing else is asked meanwhile


class EventApi:
    """A way for friends of the channel, named as the channel in which they are reached."""

    name = NAME

    def __init__(
        self,
        settings: Settings,
        database: Database,
        now: Callable[[], datetime],
        calls: EventCalls | None = None,
        pace: Pace | None = None,
    ) -> None:
        kakao = settings.kakao
        assert kakao
        assert kakao.event
        self._database = database
        self._now = now
        self._zone = ZoneInfo(settings.timezone)
        self._calls = calls or EventCalls(kakao.bot_id, kakao.event)
        self._push = EventPush(self._calls, now)
        pace = pace or Pace(together.MOST)
        price = int(kakao.event.price * spending.WON)
        self.way = Way(self._push, pace, price, tells_later=True, rests_until=self._rests_until)
        self._ask_at: dict[str, datetime] = {}
        self._asks_from: datetime | None = None

    def routes(self) -> list[Route]:
        return []

    async def start(self) -> None:
        await self._calls.start()

    async def stop(self) -> None:
        """What isn't answered by then is of unknown outcome."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._push.finish(), HURRY)
        await self._calls.stop()

    async def tend(self) -> None:
        """What is asked for is remembered here alone: after a restart each is asked for at once."""
        now = self._now()
        batches = dict(await self._database.read(lambda tx: dispatches.unsettled_batches(tx, NAME)))
        self._ask_at = {batch: self._ask_at.get(batch, at) for batch, at in batches.items()}
        due = [batch for batch in sorted(batches, key=self._ask_at.__getitem__) if self._ask_at[batch] <= now]
        for first in range(0, min(len(due), ASKED_IN_TURN), ASKED_AT_ONCE):
            if self._asks_from is None or self._asks_from <= now:
                await asyncio.gather(*(self._ask(each, batches[each]) for each in due[first : first + ASKED_AT_ONCE]))
        if any(at <= now - results.PATIENCE for at in batches.values()):
            await results.give_up(self._database, self._now, NAME)

    async def _ask(self, batch: str, accepted_at: datetime) -> None:
        """Each time after as long as it has taken already, within limits."""
        now = self._now()
        self._ask_at[batch] = now + min(max(now - accepted_at, SOON), LATE)
        try:
            answer = await self._calls.task(batch)
        except CallError as error:
            log.warning("no result from the Event API error=%s", error)
            self._asks_from = now + REST
            return
        if answer.status in (401, 403, 429) or answer.status >= 500:
            log.warning("no result from the Event API status=%s", answer.status)
            self._asks_from = now + REST
        elif answer.status == 200:
            await self._note(batch, tasks.read(answer.body, self._calls.without_secrets))

    async def _note(self, batch: str, told: tasks.Told) -> None:
        found = await self._database.read(partial(self._found, batch, told))
        nobodys = [each.dispatch for each in found if tasks.leads_to_nobody(each)]
        if nobodys:
            await self._database.write(partial(self._close, nobodys))
        await results.note(self._database, self._now, found)

    def _found(self, batch: str, told: tasks.Told, tx: Transaction) -> list[Result]:
        left = dispatches.of_batch(tx, NAME, batch)
        found = tasks.results(told, left, partial(sending.digest, tx))
        is_open = {each.id for each in left if _is_open(each)}
        return [each for each in found if each.dispatch in is_open]

    def _close(self, dispatch_ids: Sequence[int], tx: Transaction) -> None:
        """Nothing is sent any more to where these went, until somebody writes from there."""
        marks = {each.id: each.message_id for each in dispatches.with_ids(tx, dispatch_ids)}
        for dispatch, address in doubtful.addresses_of(tx, NAME, dispatch_ids):
            if sending.digest(tx, address) == marks[dispatch]:
                reaching.mark_reachable(tx, NAME, address, False)

    def _rests_until(self, is_news: bool, now: datetime) -> datetime | None:
        rests = [self._push.rests_until] if self._push.rests_until else []
        if is_news and OF_NEWS.is_quiet(now, self._zone):
            rests.append(OF_NEWS.after_quiet_hours(now, self._zone))
        until = max(rests, default=now)
        return until if until > now else None


def _is_open(dispatch: Dispatch) -> bool:
    return dispatch.outcome is None and dispatch.accepted_at is not None

"""Residents who have KakaoTalk alone, the courier, and the double of the Event API that it pushes by."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy import select
from starlette.applications import Starlette

import handlers.clock  # noqa: F401
from bot.channels.kakao.service import KakaoSkill
from bot.http.limits import Rates
from bot.messages.answering import Answering
from bot.messages.courier import Courier
from bot.messages.pace import Pace
from bot.messages.screens import Screens
from bot.sections import Event, Kakao
from bot.settings import Settings
from bot.ticks.duties import Duties
from bot.ways.event.calling import EventCalls
from bot.ways.event.service import EventApi
from storage.notices.outbox import Owed
from storage.tables import addresses, dispatches, outbox
from tests.support.clock.crowd import FIRST, attend
from tests.support.domain import SEOUL, School
from tests.support.eventapi import BOT_ID, KEY, EventServer
from tests.support.kakao import talker
from tests.support.kakao.talker import Talker
from tests.support.kakao.watch import Reader, Watch

EVENING = datetime(2026, 12, 14, 18, tzinfo=SEOUL)


@dataclass
class Friends:
    """Friends of the channel who are owed a reminder of tomorrow's class."""

    school: School
    server: EventServer
    settings: Settings
    event: EventApi
    courier: Courier
    duties: Duties
    in_hand: int = 0  # notices that are being delivered

    def __post_init__(self) -> None:
        self.event._push._together._within = 3600.0
        deliver = self.courier._deliver

        async def counted(owed: Owed) -> None:
            self.in_hand += 1
            try:
                await deliver(owed)
            finally:
                self.in_hand -= 1

        self.courier._deliver = counted  # type: ignore[method-assign]

    async def owes(self, people: int, **course: object) -> None:
        self.school.now = EVENING - timedelta(days=30)
        opened = await self.school.opens(**course)
        await self.school.database.write(lambda tx: attend(tx, opened, people, self.school.now, "kakao"))
        await self.evening()

    async def evening(self, days: int = 0) -> None:
        """What is owed on the evening before a class, so many days after the first one."""
        self.school.now = EVENING + timedelta(days=days)
        self.duties._planned_until = self.school.now
        await self.duties.plan_notices()

    async def delivers(self, **time: float) -> None:
        """All that is due, until nothing is."""
        self.school.waits(**time)
        while await self.delivers_once():
            pass

    async def delivers_once(self) -> int:
        """Those who are told the same at once share their calls here, however slow this machine is."""
        delivering = asyncio.create_task(self.courier.deliver_due())
        waiting = self.event._push._together._waiting
        while not delivering.done():
            await asyncio.sleep(0.002)
            if waiting and sum(map(len, waiting.values())) == self.in_hand:
                for alike in list(waiting):
                    self.event._push._together._leave(alike)
        return delivering.result()

    async def tends(self, **time: float) -> None:
        self.school.waits(**time)
        await self.event.tend()

    def got(self, number: int) -> list[str]:
        return self.server.got.get(str(FIRST + number), [])

    async def outcomes(self) -> list[tuple[str | None, str | None]]:
        rows = await self.school.rows(select(outbox.c.outcome, outbox.c.reason).order_by(outbox.c.id))
        return [(row.outcome, row.reason) for row in rows]

    async def left(self) -> list[tuple[str | None, str | None, int]]:
        """What became of each dispatch, why, and what it cost."""
        rows = await self.school.rows(select(dispatches).order_by(dispatches.c.id))
        return [(row.outcome, row.reason, row.cost) for row in rows]

    async def unreachable(self) -> list[int]:
        query = select(addresses.c.address).where(addresses.c.unreachable).order_by(addresses.c.id)
        return [int(row.address) - FIRST for row in await self.school.rows(query)]


@pytest_asyncio.fixture
async def event_server() -> AsyncIterator[EventServer]:
    async with EventServer() as started:
        yield started


@pytest.fixture
def talkative(event_server: EventServer) -> Settings:
    """A district that speaks first in KakaoTalk."""
    event = Event(rest_api_key=SecretStr(KEY), api_url=event_server.url)
    return Settings(
        kakao=Kakao(bot_id=BOT_ID, skill_secret=SecretStr(talker.SECRET), block_id=talker.BLOCK_ID, event=event)
    )


Meets = Callable[..., Friends]


@pytest_asyncio.fixture
async def meets(school: School, event_server: EventServer, talkative: Settings) -> AsyncIterator[Meets]:
    """Friends as a process serves them that begins now; `patience` is for what never answers."""
    begun = list[EventApi]()

    def begin(patience: float = 60.0) -> Friends:
        organization, now = talkative.to_organization(), lambda: school.now
        assert talkative.kakao
        assert talkative.kakao.event
        calls = EventCalls(BOT_ID, talkative.kakao.event, patience)
        event = EventApi(talkative, school.database, now, calls, Pace(200, second=0.0))
        begun.append(event)
        courier = Courier(school.database, organization, now, {"kakao": event.way})
        return Friends(school, event_server, talkative, event, courier, Duties(school.database, organization, now))

    yield begin
    for each in begun:
        await each.stop()


@pytest_asyncio.fixture
async def friends(meets: Meets) -> Friends:
    met = meets()
    await met.event.start()
    return met


@pytest_asyncio.fixture
async def writes(school: School, talkative: Settings) -> AsyncIterator[Callable[[str], Talker]]:
    """writes("하나") is somebody who types in KakaoTalk, where nothing of ours can be pressed below a push."""
    answering = Answering(school.database, talkative.to_organization(), lambda: school.now)
    assert talkative.kakao
    read = Watch()
    skill = KakaoSkill(talkative.kakao, answering, Rates(1e6, 10**6), deadline=60, screens=Screens(read.read))
    transport = httpx.ASGITransport(app=Starlette(routes=skill.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://skill.example.org") as client:
        yield lambda name="하나": Reader(client, read, name)

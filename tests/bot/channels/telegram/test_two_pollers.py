"""Two processes that receive with one token: the younger leaves the updates to the older."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from pydantic import SecretStr
from telegram import Bot

from bot.channels.telegram import receiving
from bot.channels.telegram.http import AiohttpRequest
from bot.channels.telegram.receiving import Poller
from bot.channels.telegram.service import TelegramService
from bot.sections import Telegram
from bot.ticks.heartbeats import Heartbeats
from tests.support.waiting import PATIENCE, until

pytestmark = pytest.mark.filterwarnings("ignore:Please use 'Bot")


class Taking:
    """Keeps the updates that one process got."""

    def __init__(self):
        self.took = []
        self.came = asyncio.Event()
        self.is_well = asyncio.Event()

    async def take(self, updates, may_be_old=False):
        self.took += updates
        self.came.set()


@asynccontextmanager
async def process(api, database, **age):
    """One that asks for updates, alone in its database unless one is shared."""
    request, taking = AiohttpRequest(), Taking()
    async with Bot(api.token, base_url=f"{api.url}/bot", request=request, get_updates_request=request) as bot:
        poller = taking.poller = Poller(bot, taking, taking.is_well.set, **age)
        running = asyncio.create_task(poller.lead(database) if database else poller.run())
        try:
            yield taking
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def logs(caplog, words):
    await until(lambda: any(words in record.getMessage() for record in caplog.records))


async def test_the_younger_of_two_stands_back_and_the_older_gets_everything(api, caplog):
    async with process(api, None, young=0) as older, process(api, None) as younger:
        await logs(caplog, "standing back")
        await asyncio.gather(*(api.person(number).says("강좌") for number in range(1, 6)))
        async with asyncio.timeout(PATIENCE):
            await older.came.wait()
        assert (older.poller.fault(), younger.poller.fault()) == (receiving.FAULT, receiving.FAULT)
    assert younger.took == []
    assert sum("standing back" in record.getMessage() for record in caplog.records) == 1


async def test_one_that_was_told_of_another_long_ago_is_well(api, monkeypatch):
    monkeypatch.setattr(receiving, "LATELY", 0.0)
    async with process(api, None, young=0) as older:
        older.poller._displaced.extend([asyncio.get_running_loop().time()] * receiving.OFTEN)
        assert older.poller.fault() == ""


async def test_one_call_from_before_a_restart_is_no_other_process(api):
    async with process(api, None) as only:
        only.poller._displaced.append(asyncio.get_running_loop().time())
        assert only.poller.fault() == ""


@pytest.mark.on_sqlite
async def test_health_tells_of_another_process(api, answering):
    hearts = Heartbeats()
    service = TelegramService(Telegram(token=SecretStr(api.token), api_url=api.url), answering, hearts)
    await service.start()
    async with process(api, None, young=0):
        await until(lambda: receiving.FAULT in hearts.faults())
    await service.stop(5)


@pytest.mark.on_postgres  # beside one on SQLite a second isn't let in
async def test_of_two_on_one_database_one_asks_and_the_other_takes_over(api, database, caplog, monkeypatch):
    monkeypatch.setattr(receiving, "STAND_BY", 0.05)
    async with AsyncExitStack() as first, AsyncExitStack() as second, asyncio.timeout(PATIENCE):
        one = await first.enter_async_context(process(api, database, young=0))
        await gets(api, one)
        two = await second.enter_async_context(process(api, database, young=0))
        await two.is_well.wait()
        await gets(api, one)
        await first.aclose()
        await gets(api, two)
    assert [record.getMessage() for record in caplog.records if "polling" in record.getMessage()] == []


async def gets(api, taking):
    taking.came.clear()
    await api.person(1).says("강좌")
    await taking.came.wait()

"""The courier with residents who are owed a reminder, a browser, the web chat that is served, a district's settings."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from sqlalchemy import select
from telegram import Bot
from telegram.request import RequestData

import handlers.clock  # noqa: F401
from bot import demo
from bot.channels.telegram.client import Delivery
from bot.channels.telegram.http import AiohttpRequest
from bot.channels.telegram.sending import TelegramPush
from bot.messages.courier import Courier
from bot.messages.delivery import Way
from bot.messages.pace import Pace
from bot.settings import Settings
from bot.ticks.duties import Duties
from storage.engine.opening import file_of, open_database
from storage.tables import outbox
from tests.support.botapi import BotApi, Message, Person
from tests.support.botapi.faults import Kind
from tests.support.botapi.ledger import Call
from tests.support.clock.crowd import FIRST, attend
from tests.support.domain import SEAL, SEOUL, School, write_key
from tests.support.web.browsers import chromium
from tests.support.web.site import Site, serving

EVENING = datetime(2026, 12, 14, 18, tzinfo=SEOUL)
SECOND = 0.05  # between two messages to different chats, which go one after the other here


@dataclass
class Round:
    """Residents who are owed a reminder of tomorrow's class, and the courier who carries it to Telegram's double."""

    school: School
    api: BotApi
    pace: Pace
    courier: Courier
    duties: Duties
    course: int = 0

    async def owes(self, people: int) -> None:
        self.school.now = EVENING - timedelta(days=30)
        self.course = await self.school.opens()
        await self.school.database.write(lambda tx: attend(tx, self.course, people, self.school.now))
        for number in range(people):
            self.resident(number).chat.known = True
        self.school.now = EVENING
        self.duties._planned_until = EVENING
        await self.duties.plan_notices()

    async def owes_another(self) -> None:
        """One notice more to the first resident."""
        planned = ("key", "kind", "rank", "resident_id", "about", "due_at", "expires_at")
        these = [outbox.c[name] for name in planned]
        row = (await self.school.rows(select(*these).where(outbox.c.resident_id == 1)))[0]._mapping
        another = {**row, "key": f"{row['key']}/another", "due_at": self.school.now}
        await self.school.database.write(lambda tx: tx.execute(outbox.insert(), another))

    def resident(self, number: int) -> Person:
        return self.api.person(FIRST + number)

    def got(self, number: int) -> list[Message]:
        return self.resident(number).messages

    def fails(self, number: int, kind: Kind, **how: Any) -> None:
        self.api.fail("sendMessage", kind, chat_id=FIRST + number, **how)

    def calls(self, number: int) -> list[Call]:
        return [call for call in self.api.ledger.calls if call.params.get("chat_id") == FIRST + number]

    async def later(self, **time: float) -> None:
        self.school.waits(**time)
        await self.courier.deliver_due()

    async def outcomes(self) -> list[tuple[str | None, str | None]]:
        rows = await self.school.rows(select(outbox).order_by(outbox.c.id))
        return [(row.outcome, row.reason) for row in rows]


class Waiting(AiohttpRequest):
    """Gives up soon where the double keeps silent, and nowhere else, however slow this machine is."""

    __slots__ = ("_api",)

    def __init__(self, api: BotApi) -> None:
        super().__init__(read_timeout=60.0)
        self._api = api

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        chat = request_data and request_data.parameters.get("chat_id")
        silent = {"read_timeout": 0.2} if self._api.faults.keeps_silent(chat) else {}
        return await super().do_request(url, method, request_data, **silent)


@pytest.fixture
async def rounds(school: School, settings: Settings, api: BotApi) -> AsyncIterator[Round]:
    pace, now = Pace(1, SECOND), lambda: school.now
    request = Waiting(api)
    async with Bot(api.token, base_url=f"{api.url}/bot", request=request, get_updates_request=AiohttpRequest()) as bot:
        courier = Courier(
            school.database, settings.to_organization(), now, {"telegram": Way(TelegramPush(Delivery(bot), pace), pace)}
        )
        yield Round(school, api, pace, courier, Duties(school.database, settings.to_organization(), now))


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest.fixture
async def site(sqlite_url: str) -> AsyncIterator[Site]:
    async with serving(sqlite_url) as started:
        yield started


@pytest.fixture
def config(tmp_path: Path, sqlite_url: str) -> Path:
    write_key(tmp_path)
    path = tmp_path / "config.toml"
    path.write_text(f'[database]\nurl = "{sqlite_url}"\n')
    return path


@pytest.fixture
def filled(sqlite_url: str, once: Callable[[str, Callable[[Path], None]], Path]) -> None:
    """The district has the demo's courses, as they are on this day: they are filled in once, and copied."""
    empty = file_of(sqlite_url)
    shutil.copy(once(f"demo-{datetime.now(SEOUL):%Y-%m-%d}.db", partial(_fill, empty)), empty)


def _fill(empty: Path, path: Path) -> None:
    async def fill() -> None:
        database = await open_database(f"sqlite+aiosqlite:///{path}", SEAL)
        await database.write(lambda tx: demo.fill(tx, datetime.now(UTC), Settings().to_organization()))
        await database.close()

    shutil.copy(empty, path)
    asyncio.run(fill())

"""The web chat and the KakaoTalk preview, really served, with a few courses."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from bot.answering import Answering
from bot.channels.web.service import WebChat
from bot.http.limits import Rates
from bot.http.pages import serve_asset
from bot.settings import Settings
from bot.site.preview import KakaoPreview
from storage.database import Database
from storage.opening import open_database
from storage.tables import metadata
from tests.domain import COURSE, SEAL, School, add_course
from tests.web.browsers import PHONE, Resident, chromium
from tests.web.kakao_answers import Skill
from tests.web.officers import Officer
from tests.web.visitors import Visitor

Arriving = Callable[..., Awaitable[Resident]]
Opening = Callable[..., Awaitable[Officer]]

OFFERED: list[dict[str, Any]] = [
    {},
    {"title": "꽃차소믈리에", "keywords": "꽃,차", "certificate": "", "weekdays": "2", "term_limit": 0},
    {
        "title": "정리수납컨설턴트 2급",
        "keywords": "정리",
        "certificate": "",
        "daypart": "evening",
        "capacity": 0,
        "term_limit": 0,
    },
]


@dataclass(frozen=True)
class Site:
    url: str
    database: Database
    answering: Answering
    chat: WebChat


@asynccontextmanager
async def serving(database_url: str, public_url: str = "", rates: Rates | None = None) -> AsyncIterator[Site]:
    database = await open_database(database_url, SEAL)
    for number, differing in enumerate(OFFERED, 1):
        course = {**COURSE, "code": f"W{number}", **differing}
        await database.write(lambda tx, course=course: add_course(tx, course))
    house = Settings().house
    school = School(database)
    answering = Answering(database, replace(house, public_url=public_url or house.public_url), lambda: school.now)
    chat = WebChat(answering, rates, rates)
    try:
        async with served(chat.routes()) as url:
            with closing(chat):
                yield Site(url, database, answering, chat)
    finally:
        await database.close()


@asynccontextmanager
async def served(routes: Sequence[BaseRoute]) -> AsyncIterator[str]:
    """Their address."""
    config = uvicorn.Config(Starlette(routes=routes), port=0, log_level="error", ws="none", lifespan="off")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        await server.shutdown()


def unlimited() -> Rates:
    return Rates(per_minute=1e6, burst=10**6)


@pytest.fixture
async def site(sqlite_url: str) -> AsyncIterator[Site]:
    async with serving(sqlite_url) as started:
        yield started


@pytest.fixture
async def visitor(site: Site) -> AsyncIterator[Visitor]:
    """Somebody who has opened the page."""
    somebody = await Visitor(site.url).opens()
    yield somebody
    await somebody.leaves()


@pytest.fixture
async def neighbour(site: Site) -> AsyncIterator[Visitor]:
    """Somebody else, with a session of her own."""
    somebody = await Visitor(site.url).opens()
    yield somebody
    await somebody.leaves()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def shown_site(sqlite_url: str) -> AsyncIterator[Site]:
    async with serving(sqlite_url, rates=unlimited()) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def arrives(browser: Browser, shown_site: Site) -> AsyncIterator[Arriving]:
    """Somebody opens the page in a browser of her own; at the end its console must have had nothing to say."""
    came: list[Resident] = []

    async def arrive(viewport: dict[str, int] = PHONE, path: str = "/", **context: Any) -> Resident:
        settings = {"viewport": viewport, "reduced_motion": "reduce", **context}
        page = await (await browser.new_context(**settings)).new_page()
        came.append(Resident(page))
        await page.goto(shown_site.url + path)
        return came[-1]

    yield arrive
    for resident in came:
        await resident.page.context.close()
    assert [resident.complaints for resident in came if resident.complaints] == []


@pytest.fixture
def skill() -> Skill:
    return Skill()


@pytest_asyncio.fixture(loop_scope="session")
async def opens(browser: Browser, skill: Skill) -> AsyncIterator[Opening]:
    """An officer opens the KakaoTalk preview; at the end its console must have had nothing to say."""
    came: list[Officer] = []
    routes = [*KakaoPreview(skill.ask, "b0", Settings().house).routes(), Route("/static/{name}", serve_asset)]

    async def open_at(viewport: dict[str, int] = PHONE) -> Officer:
        page = await browser.new_page(viewport=viewport)
        came.append(Officer(page))
        await page.goto(f"{url}/kakao/preview")
        return came[-1]

    async with served(routes) as url:
        yield open_at
        for officer in came:
            await officer.page.close()
    assert [officer.complaints for officer in came if officer.complaints] == []


async def rows(site: Site) -> dict[str, int]:
    """How many rows each table has."""
    counts = [(table.name, select(func.count()).select_from(table)) for table in metadata.sorted_tables]
    return await site.database.read(lambda tx: {name: tx.execute(query).scalar_one() for name, query in counts})

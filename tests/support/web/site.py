"""The web chat, really served, with a few courses; and other pages on a server of their own."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from typing import Any

import uvicorn
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.channels.web.service import WebChat
from bot.http import connections
from bot.http.limits import Days, Rates
from bot.messages.answering import Answering
from bot.settings import Settings
from storage.database import Database
from storage.engine.opening import open_database
from storage.tables import metadata
from tests.support.domain import COURSE, SEAL, School, add_course

OFFERED: list[dict[str, Any]] = [
    {},
    {"title": "꽃차소믈리에", "keywords": ("꽃", "차"), "certificate": "", "weekdays": (2,), "term_limit": 0},
    {
        "title": "정리수납컨설턴트 2급",
        "keywords": ("정리",),
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
async def serving(
    database_url: str, public_url: str = "", rates: Rates | None = None, days: Days | None = None
) -> AsyncIterator[Site]:
    database = await open_database(database_url, SEAL)
    for number, differing in enumerate(OFFERED, 1):
        course = {**COURSE, "code": f"W{number}", **differing}
        await database.write(lambda tx, course=course: add_course(tx, course))
    organization = Settings().to_organization()
    school = School(database)
    answering = Answering(
        database, replace(organization, public_url=public_url or organization.public_url), lambda: school.now
    )
    chat = WebChat(answering, rates, rates, days)
    try:
        async with served(chat.routes()) as url:
            with closing(chat):
                yield Site(url, database, answering, chat)
    finally:
        await database.close()


@asynccontextmanager
async def served(routes: Sequence[BaseRoute], most: int = connections.MOST) -> AsyncIterator[str]:
    """Their address."""
    http = connections.within(most)
    config = uvicorn.Config(Starlette(routes=routes), port=0, log_level="error", ws="none", lifespan="off", http=http)
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


async def rows(site: Site) -> dict[str, int]:
    """How many rows each table has."""
    counts = [(table.name, select(func.count()).select_from(table)) for table in metadata.sorted_tables]
    return await site.database.read(lambda tx: {name: tx.execute(query).scalar_one() for name, query in counts})

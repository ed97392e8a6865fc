"""News to everybody who wants them beside a bare INSERT … SELECT of as many rows; stalls of planning and claiming."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import text

import handlers.clock  # noqa: F401
from bot.ticks.duties import Duties
from handlers.dialogue import texts
from storage.database import Database, Transaction
from storage.notices import backlog, outbox
from tests.bench.figures import Figure, Size, ratio
from tests.bench.measuring import ORGANIZATION, databases, memory, stalls, timed
from tests.support.clock.crowd import attend
from tests.support.domain import COURSE, SEOUL, add_course

REMINDERS = 100_000
NEWS: dict[Size, int] = {"quick": 50_000, "usual": 200_000, "long": 1_000_000}
ROUNDS: dict[Size, int] = {"quick": 1, "usual": 3, "long": 3}
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


async def measure(folder: Path, size: Size) -> AsyncIterator[Figure]:
    async with stalls() as idle:
        await asyncio.sleep(3)
    yield Figure("longest stall of an idle event loop", (idle[0],), "ms", remark="whatever else the machine does")
    async for name, database in databases(folder):
        async for figure in _reminders(name, database, ROUNDS[size]):
            yield figure
        async for figure in _news(name, database, NEWS[size], ROUNDS[size]):
            yield figure


async def _reminders(name: str, database: Database, rounds: int) -> AsyncIterator[Figure]:
    course = await database.write(lambda tx: add_course(tx, {**COURSE, "code": "R1", "capacity": REMINDERS}))
    await database.write(lambda tx: attend(tx, course, REMINDERS, CLASS - timedelta(days=30)))
    now, planned, claimed, took = CLASS - timedelta(hours=2), [], [], []
    for _ in range(rounds):
        async with stalls() as longest:
            await _planner(database, now).plan_notices()
        planned.append(longest[0])
        assert await database.read(backlog.count_owed) == REMINDERS
        async with stalls() as longest:
            took.append(await timed(partial(_claim_all, database, now)))
        claimed.append(longest[0])
        await database.write(_forget)
    yield Figure(f"{name}: longest stall, planning {REMINDERS:,} reminders", tuple(planned), "ms")
    yield Figure(f"{name}: longest stall, claiming {REMINDERS:,}", tuple(claimed), "ms", at_most=20)
    yield Figure(f"{name}: claiming {REMINDERS:,}", tuple(took), "s")


def _planner(database: Database, now: datetime) -> Duties:
    planner = Duties(database, ORGANIZATION, lambda: now)
    planner._planned_until = now - timedelta(seconds=5)
    return planner


async def _claim_all(database: Database, now: datetime) -> None:
    while await database.write(lambda tx: outbox.claim(tx, now, now + timedelta(hours=1), 90)):
        pass


async def _news(name: str, database: Database, people: int, rounds: int) -> AsyncIterator[Figure]:
    await database.write(partial(_agree, people))
    course = {**COURSE, "code": "N1", "apply_start": MORNING + timedelta(hours=1), "start_date": date(2027, 1, 5)}
    await database.write(lambda tx: add_course(tx, course))
    bare, real, before = [], [], memory()
    for _ in range(rounds):
        bare.append(await timed(partial(database.write, _insert_bare)))
        await database.write(_forget)
        real.append(await timed(_planner(database, MORNING).plan_notices))
        assert await database.read(backlog.count_owed) == people
        await database.write(_forget)
    yield ratio(f"{name}: planning {people:,} news / bare SQL", real, bare, at_most=1.3)
    grown = f"memory +{memory() - before:.0f} MB"
    yield Figure(f"{name}: planning {people:,} news", tuple(real), "s", remark=grown)


def _insert_bare(tx: Transaction) -> None:
    due = MORNING.astimezone(UTC)
    tx.execute(text(_BARE), _moments(tx, {"due": due, "until": due + timedelta(hours=12)}))


def _forget(tx: Transaction) -> None:
    tx.execute(text("TRUNCATE outbox CASCADE" if tx.dialect.name == "postgresql" else "DELETE FROM outbox"))


def _agree(people: int, tx: Transaction) -> None:
    now = _moments(tx, {"now": MORNING.astimezone(UTC)})
    if tx.dialect.name == "postgresql":  # which would look for what refers to each row, one by one
        tx.execute(text("TRUNCATE residents, courses CASCADE"))
    else:
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

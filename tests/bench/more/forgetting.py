"""A night of retention among many people and years of rows: how long it takes, and how long residents wait."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text

from bot.settings import Settings
from bot.ticks.forgetting import Forgetting
from storage.database import Database, Transaction
from storage.engine import pulse
from storage.people.forgetting import retention
from tests.bench.measuring import databases
from tests.support.domain import COURSE, SEOUL, add_course

T = TypeVar("T")
PEOPLE, A_TERM = 100_000, 10  # courses in a term
ENDED = (
    0,
    183,
    367,
    549,
    732,
    915,
    1098,
    1281,
    1464,
    1647,
    1828,
)  # days ago: this night two terms are over, of seats and of others
NOW = datetime(2026, 11, 23, 4, tzinfo=SEOUL)
ORGANIZATION = Settings().to_organization()

_N = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
_LATELY = "CASE WHEN i % 300 = 0 THEN CAST(:year_ago AS {moment}) ELSE CAST(:lately AS {moment}) END"
_ROWS = {
    "residents": (
        "(id, name, birth_year, mobile, language, created_at) "
        f"{_N} SELECT i, '홍길동', 1980, '+8210' || CAST(10000000 + i AS text), 'ko', :long_ago FROM n",
        PEOPLE,
    ),
    "addresses": (
        f"(resident_id, channel, address, created_at) {_N} SELECT i, 'telegram', CAST(i AS text), :long_ago FROM n",
        PEOPLE,
    ),
    "consents": (
        "(resident_id, purpose, given, version, text_hash, channel, decided_at) "
        f"{_N} SELECT 1 + i % :people, CASE WHEN i <= :people THEN 'enrollment' ELSE 'news' END, "
        "i <= :people OR i % 3 = 0, '2026-11', '', 'telegram', :long_ago FROM n",
        3 * PEOPLE,
    ),
    "enrollments": (
        "(course_id, resident_id, state, channel, applied_at, ended_at) "
        f"{_N} SELECT 1 + i % :courses, 1 + (i * 7919) % :people, "
        "CASE WHEN i % :courses >= :last_year OR i % 3 = 0 THEN 'completed' ELSE 'not_selected' END, "
        "'telegram', :long_ago, :long_ago FROM n",
        PEOPLE,
    ),
    "outbox": (
        "(key, kind, rank, resident_id, about, due_at, expires_at, outcome, settled_at) "
        f"{_N} SELECT 'k' || CAST(i AS text), 'day_before', 2, 1 + (i * 31) % (:people / 2), 1, :long_ago, :long_ago, "
        f"'sent', {_LATELY} FROM n",
        10 * PEOPLE,
    ),
    "inbox": (
        "(channel, key, address, body, received_at, settled_at) "
        f"{_N} SELECT 'telegram', CAST(i AS text), CAST(1 + (i * 17) % (:people / 3) AS text), :body, "
        f"{_LATELY}, CAST(:lately AS {{moment}}) FROM n",
        5 * PEOPLE,
    ),
}


async def run(folder: Path) -> None:
    print(f"\nForgetting: {PEOPLE:,} people, five years")
    async for name, database in databases(folder):
        await database.write(_fill)
        if name == "PostgreSQL":
            await database.write(lambda tx: tx.execute(text("ANALYZE")))
        for night, what in enumerate(("two terms are over", "the night after")):
            timed = Timed(database)
            now = NOW + timedelta(days=night)
            began = time.perf_counter()
            async with residents_writing(database) as waited:
                await Forgetting(timed, ORGANIZATION, lambda now=now: now).carry_out()
            took = time.perf_counter() - began
            last = await database.read(retention.last)
            counts = {name: count for name, count in last.counts.items() if count} if last else {}
            slowest = {name: round(1000 * longest) for name, longest in timed.longest.items()}
            print(
                f"{name:11} {what}: {took:.0f} s, longest read {timed.longest_read:.1f} s, a resident waited at most "
                f"{1000 * max(waited):.0f} ms\n  went {counts}\n  longest unit in ms {slowest}",
                flush=True,
            )


class Timed:
    """A database whose units of work are timed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.longest: dict[str, float] = {}
        self.longest_read = 0.0

    async def read(self, work: Callable[[Transaction], T]) -> T:
        began = time.perf_counter()
        try:
            return await self._database.read(work)
        finally:
            self.longest_read = max(self.longest_read, time.perf_counter() - began)

    async def write(self, work: Any) -> Any:
        name = getattr(getattr(getattr(work, "func", None), "__self__", None), "name", "other")

        def timed(tx: Transaction) -> Any:
            began = time.perf_counter()
            try:
                return work(tx)
            finally:
                self.longest[name] = max(self.longest.get(name, 0), time.perf_counter() - began)

        return await self._database.write(timed)


@asynccontextmanager
async def residents_writing(database: Database) -> AsyncIterator[list[float]]:
    """Something small that is written again and again, and how long each took."""
    waited = [0.0]

    async def write() -> None:
        while True:
            began = time.perf_counter()
            await database.write(pulse.probe)
            waited.append(time.perf_counter() - began)
            await asyncio.sleep(0.02)

    writing = asyncio.create_task(write())
    try:
        yield waited
    finally:
        writing.cancel()


def _fill(tx: Transaction) -> None:
    for term, days in enumerate(ENDED):
        end = (NOW - timedelta(days=days)).date()
        for number in range(A_TERM):
            course = {**COURSE, "code": f"B{term}-{number}", "start_date": end - timedelta(days=60), "end_date": end}
            add_course(tx, course)
    ago = {"long_ago": 2000, "year_ago": 366, "lately": 40}
    when: dict[str, Any] = {name: (NOW - timedelta(days=days)).astimezone(UTC) for name, days in ago.items()}
    if tx.dialect.name == "sqlite":  # which has moments as text
        when = {name: f"{moment.replace(tzinfo=None)}" for name, moment in when.items()}
    given = {"people": PEOPLE, "courses": len(ENDED) * A_TERM, "last_year": 3 * A_TERM, "body": bytes(1053), **when}
    for table, (rows, most) in _ROWS.items():
        moment = "text" if tx.dialect.name == "sqlite" else "timestamptz"
        tx.execute(text(f"INSERT INTO {table} {rows.replace('{moment}', moment)}"), {**given, "most": most})
    if tx.dialect.name != "sqlite":  # the next number is above those that were given here
        tx.execute(text("SELECT setval(pg_get_serial_sequence('residents', 'id'), :people)"), given)

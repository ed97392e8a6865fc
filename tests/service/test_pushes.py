"""Notices on their way while processes are killed and Telegram fails: nobody gets one twice, nobody is forgotten."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.engine.opening import open_database
from storage.tables import outbox
from storage.teaching import courses
from tests.support.botapi import BotApi
from tests.support.clock.crowd import FIRST, attend
from tests.support.domain import SEAL, SEOUL, School
from tests.support.service import pushing
from tests.support.service.process import Service
from tests.support.service.town import open_now

PEOPLE = int(os.environ.get("REHEARSED_PUSHES", "90"))  # 5000 is the long run
BLOCKED_ONE_OF = 20
RUNS_FOR = 3.0  # seconds between two kills
PATIENCE = 60 + PEOPLE / 10


@pytest.fixture
async def services(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The Bot API, the database, and the processes that serve it: two on PostgreSQL."""
    for name, value in pushing.AWAKE.items():
        monkeypatch.setenv(name, value)
    async with running(tmp_path, database_url, 1 if database_url.startswith("sqlite") else 2) as found:
        yield found


@asynccontextmanager
async def running(folder: Path, url: str, count: int) -> AsyncIterator[tuple[BotApi, Database, list[Service]]]:
    database = await open_database(url, SEAL)
    async with BotApi() as api:
        started = []
        for number in range(count):
            (folder / str(number)).mkdir()
            started.append(Service(folder / str(number), url, api, "webhook"))
        try:
            await asyncio.gather(*(service.start() for service in started))
            yield api, database, started
        finally:
            for service in started:
                if service.is_running:
                    await service.kill()
            await database.close()


async def owes(api: BotApi, database: Database, people: int) -> None:
    """A course is closed that so many residents have a seat in; some of them have blocked the bot."""
    course = await School(database).opens(**{**open_now(), "capacity": people})
    await database.write(lambda tx: attend(tx, course, people, datetime.now(SEOUL)))
    for number in range(people):
        chat = api.person(FIRST + number).chat
        chat.known, chat.blocked = True, number % BLOCKED_ONE_OF == 0
    await database.write(lambda tx: courses.cancel(tx, course, "강사 사정"))


async def settled(database: Database) -> Counter[str]:
    query = select(outbox.c.outcome, func.count()).group_by(outbox.c.outcome)
    return Counter({row[0] or "owed": row[1] for row in await database.read(lambda tx: tx.execute(query).all())})


async def all_settled(database: Database, people: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while (found := await settled(database))["owed"] or found.total() < people:
            await asyncio.sleep(0.2)


async def kills_again_and_again(services: list[Service], killed_at: list[float]) -> None:
    """Each in turn: whoever delivers is hit sooner or later."""
    while True:
        for service in services:
            await asyncio.sleep(RUNS_FOR)
            killed_at.append(time.time())
            await service.kill()
            await service.start()


async def test_processes_are_killed_while_telegram_fails(services: tuple[BotApi, Database, list[Service]]):
    api, database, started = services
    began, killed_at = time.time(), []
    api.limits.enabled = True
    api.chaos(0.04, seed=11, kinds=(429, 500, 502, "reset", "timeout"), methods=("sendMessage",), seconds=None)
    await owes(api, database, PEOPLE)
    killing = asyncio.create_task(kills_again_and_again(started, killed_at))
    await all_settled(database, PEOPLE)
    killing.cancel()
    report(api, await settled(database), began, killed_at)
    await nobody_twice_nobody_forgotten(api, database)


async def nobody_twice_nobody_forgotten(api: BotApi, database: Database) -> None:
    rows = await database.read(lambda tx: tx.execute(select(outbox)).all())
    assert len(rows) == PEOPLE
    for row in rows:
        chat = api.person(FIRST + row.resident_id - 1).chat
        got = len(chat.shown)
        expected = {"sent": (1,), "unknown": (0, 1), "unreached": (0,)}
        assert got in expected[row.outcome], (row, got)
        assert chat.blocked == (row.outcome == "unreached") or row.outcome == "unknown"
        assert row.outcome == "sent" or row.reason


def report(api: BotApi, found: Counter[str], began: float, killed_at: list[float]) -> None:
    sent_at = [call.at for call in api.calls("sendMessage") if call.code == 200]
    gaps = [min((at for at in sent_at if at > killed), default=killed) - killed for killed in killed_at]
    took = max(sent_at) - began
    print(
        f"\n{PEOPLE} notices in {took:.0f} s, {len(killed_at)} kills, {dict(found)}, faults {api.faults.struck}, "
        f"refused for the limit {api.limits.refused}, longest silence after a kill {max(gaps, default=0):.1f} s"
    )


@pytest.mark.on_postgres
async def test_the_limit_is_used_up_and_never_exceeded(services: tuple[BotApi, Database, list[Service]]):
    api, database, _ = services
    api.limits.enabled = True
    await owes(api, database, PEOPLE)
    await all_settled(database, PEOPLE)
    times = [call.at for call in api.calls("sendMessage") if call.code == 200]
    steady = [at for at in times if at >= times[0] + 1]
    print(f"\n{len(steady) / (steady[-1] - times[0] - 1):.2f} messages a second, {api.limits.refused} refused")
    assert api.limits.refused == 0

"""Notices that cost money, while processes die and services fail: nobody twice, nobody without an outcome."""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from handlers.notices.templates import NAMED, TEXTS
from storage.database import Database
from storage.engine.opening import open_database
from storage.people import consents, residents
from storage.tables import dispatches, notice_templates, outbox
from storage.teaching import courses
from tests.support.botapi import BotApi
from tests.support.clock.crowd import FIRST, attend
from tests.support.domain import SEAL, SEOUL, School
from tests.support.eventapi import EventServer
from tests.support.service import pushing
from tests.support.service.process import Service
from tests.support.service.town import open_now
from tests.support.solapi import HOOK, KEY, SECRET, Dealer, Message

PEOPLE = int(os.environ.get("REHEARSED_PUSHES", "90"))  # 5000 is the long run
RUNS_FOR = 3.0  # seconds between two kills
KILLS = 3 + PEOPLE // 500  # of each process
PATIENCE = 240 + PEOPLE / 10
KIND = "closed"
PRICES = {"kakao": 1650, "alimtalk": 1300}


@dataclass
class Town:
    event: EventServer
    dealer: Dealer
    database: Database
    services: list[Service]
    killed: int = 0
    late: list[Message] = field(default_factory=list)  # of which the dealer hasn't told yet
    were_late: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    def arrived(self, resident: int) -> Counter[str]:
        """How often they were told, by way."""
        by_number = sum(each.to == number(resident).replace("+82", "0") for each in self.dealer.account.arrived)
        return Counter(kakao=len(self.event.got.get(user(resident), [])), alimtalk=by_number)


def user(resident: int) -> str:
    return str(FIRST + resident - 1)


def number(resident: int) -> str:
    return f"+82100000{resident:04}"


@pytest.fixture
async def town(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two processes on PostgreSQL, one on SQLite; both services fail now and then."""
    for name, value in pushing.AWAKE.items():
        monkeypatch.setenv(name, value)
    async with running(tmp_path, database_url, 1 if database_url.startswith("sqlite") else 2) as found:
        yield found


@asynccontextmanager
async def running(folder: Path, url: str, count: int) -> AsyncIterator[Town]:
    database, dealer = await open_database(url, SEAL), await Dealer().start()
    dealer.account.offers(NAMED[KIND], TEXTS[KIND].text)
    dealer.account.balance = 10**9
    async with BotApi() as api, EventServer() as event:
        more = pushing.settings(event, dealer)
        started = []
        for each in range(count):
            (folder / str(each)).mkdir()
            started.append(Service(folder / str(each), url, api, "webhook", more))
        try:
            await asyncio.gather(*(service.start() for service in started))
            yield Town(event, dealer, database, started)
        finally:
            for service in started:
                if service.is_running:
                    await service.kill()
            await dealer.stop()
            await database.close()


async def owes(town: Town, people: int) -> None:
    """A course is closed in which so many have a seat; some can't be told by one way, some by neither."""
    async with asyncio.timeout(PATIENCE):
        while not await town.database.read(lambda tx: tx.execute(select(notice_templates)).all()):
            await asyncio.sleep(0.2)
    course = await School(town.database).opens(**{**open_now(), "capacity": people})
    now = datetime.now(SEOUL)

    def seat(tx: Any) -> None:
        attend(tx, course, people, now, "kakao")
        for each in range(1, people + 1):
            residents.describe(tx, residents.by_id(tx, each), mobile=number(each))
            consents.record(tx, each, consents.ALIMTALK, True, "1", "", "kakao", now)

    await town.database.write(seat)
    town.event.broken = {user(each): "blocked" for each in range(1, people + 1) if each % 10 == 0}
    town.event.strangers = {user(each) for each in range(1, people + 1) if each % 97 == 5}
    away = (number(each) for each in range(1, people + 1) if each % 30 == 0)
    town.dealer.account.not_on_kakao = {each.replace("+82", "0") for each in away}
    await town.database.write(lambda tx: courses.cancel(tx, course, "강사 사정"))


async def settled(database: Database) -> Counter[str]:
    query = select(outbox.c.outcome, func.count()).group_by(outbox.c.outcome)
    return Counter({row[0] or "owed": row[1] for row in await database.read(lambda tx: tx.execute(query).all())})


async def all_settled(town: Town, people: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while (found := await settled(town.database))["owed"] or found.total() < people:
            await asyncio.sleep(0.2)


async def kills_again_and_again(town: Town) -> None:
    """Each in turn: whoever delivers is hit sooner or later."""
    for _ in range(KILLS):
        for service in town.services:
            await asyncio.sleep(RUNS_FOR)
            town.killed += 1
            await service.kill()
            await service.start()


async def reports(town: Town) -> None:
    """The dealer tells what became of its messages: some of it late, some of it twice; and a forger tells it first."""
    while True:
        await asyncio.sleep(0.3)
        luck, service = town.dice.random(), town.dice.choice(town.services)
        url = f"{service.url}/alimtalk/results"
        moved = town.dealer.account.advance()
        if luck < 0.2:
            town.late += moved
            town.were_late += len(moved)
            continue
        moved, town.late = [*town.late, *moved], []
        if moved:
            with suppress(OSError):
                assert 200 not in await town.dealer.reports(url, "a-forger's-secret-1", moved)
                await town.dealer.reports(url, HOOK, moved)
                if luck > 0.8:
                    await town.dealer.reports(url, HOOK, moved)


async def test_processes_are_killed_while_both_services_fail(town: Town):
    began = time.monotonic()
    town.event.chaos(0.1, seed=11)
    town.dealer.chaos(0.1, seed=12, kinds=(401, 429, 500, "reset", "garbage"), methods=("send", "group", "list"))
    await owes(town, PEOPLE)
    telling = asyncio.create_task(reports(town))
    await kills_again_and_again(town)
    await all_settled(town, PEOPLE)
    telling.cancel()
    faults = town.event.faults.struck + town.dealer.faults.struck
    print(
        f"\n{PEOPLE} notices in {time.monotonic() - began:.0f} s, {town.killed} kills, {faults} faults, "
        f"{town.were_late} reports late, {dict(await settled(town.database))}"
    )
    await nobody_twice_nobody_forgotten(town)
    await costs_are_the_sum_of_what_left(town)
    secrets = (KEY, SECRET, HOOK, town.event.key, number(1)[3:10], f" {user(1)} ")
    assert not [each for service in town.services for each in secrets if each in service.logs]


async def nobody_twice_nobody_forgotten(town: Town) -> None:
    rows = await town.database.read(lambda tx: tx.execute(select(outbox)).all())
    assert len(rows) == PEOPLE
    for row in rows:
        got = town.arrived(row.resident_id)
        expected = {"sent": (1,), "unknown": (0, 1), "unreached": (0,)}
        assert got.total() in expected[row.outcome], (row, got)
        assert row.outcome == "sent" or row.reason


async def costs_are_the_sum_of_what_left(town: Town) -> None:
    rows = await town.database.read(lambda tx: tx.execute(select(dispatches)).all())
    for row in rows:
        assert row.outcome
        assert row.cost == (0 if row.outcome == "failed" else PRICES[row.way]), row
    delivered = Counter(row.way for row in rows if row.outcome == "delivered")
    doubtful = Counter(row.way for row in rows if row.outcome == "unknown")
    charged = {"kakao": town.event.charged // 1650, "alimtalk": len(town.dealer.account.arrived)}
    for way in PRICES:
        assert delivered[way] <= charged[way] <= delivered[way] + doubtful[way]

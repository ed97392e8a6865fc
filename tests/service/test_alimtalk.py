"""AlimTalk on its way while processes are killed and the dealer fails: nobody gets it twice, and all becomes known."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from handlers.notices import templates as texts
from storage import courses
from storage.database import Database, Transaction
from storage.opening import open_database
from storage.people import consents, residents
from storage.tables import dispatches, outbox
from storage.ways import templates
from tests.support.botapi import BotApi
from tests.support.clock.crowd import attend
from tests.support.domain import SEAL, SEOUL, School
from tests.support.service.process import Service
from tests.support.service.town import open_now
from tests.support.solapi import CHANNEL, KEY, SECRET, Dealer
from tests.support.waiting import until

PEOPLE = int(os.environ.get("BAEUMTOK_PUSHES", "90"))  # 5000 is the long run
ABSENT_ONE_OF = 20  # who don't use KakaoTalk
RUNS_FOR = 3.0  # seconds between two kills
KILLS = 3 + PEOPLE // 500  # of each process
PATIENCE = 240 + PEOPLE / 10


@pytest.fixture
async def away() -> AsyncIterator[Dealer]:
    started = await Dealer().start()
    started.account.offers(texts.NAMED["closed"], texts.TEXTS["closed"].text)
    started.account.balance = 1_000_000
    yield started
    await started.stop()


@pytest.fixture
async def town(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, away: Dealer) -> AsyncIterator:
    """The database, and the processes that serve it and know the dealer: two on PostgreSQL."""
    section = {"api_key": KEY, "api_secret": SECRET, "channel": CHANNEL, "api_url": away.url}
    for name, value in section.items():
        monkeypatch.setenv(f"BAEUMTOK_ALIMTALK__{name.upper()}", value)
    monkeypatch.setenv("BAEUMTOK_NOTICES__QUIET_FROM", "23:59:59")
    monkeypatch.setenv("BAEUMTOK_NOTICES__QUIET_UNTIL", "00:00:00")
    database, started = await open_database(database_url, SEAL), []
    async with BotApi() as api:
        for number in range(1 if database_url.startswith("sqlite") else 2):
            (tmp_path / str(number)).mkdir()
            started.append(Service(tmp_path / str(number), database_url, api, "webhook"))
        try:
            await asyncio.gather(*(service.start() for service in started))
            yield database, started
        finally:
            for service in started:
                if service.is_running:
                    await service.kill()
            await database.close()


def number(resident: int) -> str:
    return f"0100000{resident:04}"


def agree(tx: Transaction) -> None:
    for each in range(1, PEOPLE + 1):
        residents.describe(tx, residents.by_id(tx, each), mobile=f"+82{number(each)[1:]}")
        consents.record(tx, each, consents.ALIMTALK, True, "1", "hash", "web", datetime.now(SEOUL))


async def owes(database: Database) -> None:
    """A course is closed that so many residents have a seat in, who can only be told at their numbers."""
    course = await School(database).opens(**{**open_now(), "capacity": PEOPLE})
    await database.write(lambda tx: attend(tx, course, PEOPLE, datetime.now(SEOUL), "kakao"))
    await database.write(agree)
    await database.write(lambda tx: courses.cancel(tx, course, "강사 사정"))


async def is_covered(database: Database) -> bool:
    """What the dealer has approved is known here by now."""
    return await database.read(lambda tx: templates.usable(tx, "alimtalk", "closed")) is not None


async def goes_on(dealer: Dealer) -> None:
    while True:
        dealer.account.advance()
        await asyncio.sleep(0.2)


async def kills_again_and_again(services: list[Service]) -> None:
    """Each in turn: whoever delivers is hit sooner or later."""
    for _ in range(KILLS):
        for service in services:
            await asyncio.sleep(RUNS_FOR)
            await service.kill()
            await service.start()


async def counts(database: Database) -> Counter[str]:
    query = select(outbox.c.outcome, func.count()).group_by(outbox.c.outcome)
    return Counter({row[0] or "owed": row[1] for row in await database.read(lambda tx: tx.execute(query).all())})


async def all_known(database: Database, dealer: Dealer) -> None:
    """Whatever the dealer took has an outcome here, too."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await counts(database)
            if found.total() >= PEOPLE and not found["owed"] and found["sent"] == len(dealer.account.arrived):
                return
            await asyncio.sleep(0.2)


async def test_processes_are_killed_while_the_dealer_fails(town: tuple[Database, list[Service]], away: Dealer):
    database, started = town
    away.account.not_on_kakao = {number(each) for each in range(1, PEOPLE + 1, ABSENT_ONE_OF)}
    await until(lambda: is_covered(database))
    kinds = (401, 429, 500, "timeout", "reset", "garbage")
    away.chaos(0.3, seed=7, kinds=kinds, methods=("send", "group", "list"), seconds=1.0)
    await owes(database)
    going_on = asyncio.create_task(goes_on(away))
    await kills_again_and_again(started)
    await all_known(database, away)
    going_on.cancel()
    found = await counts(database)
    print(f"\n{PEOPLE} notices, {dict(found)}, faults {away.faults.struck}")
    told = Counter(each.to for each in away.account.messages.values())
    assert [each for each, times in told.items() if times > 1] == []
    assert found["sent"] + found["unreached"] + found["unknown"] == PEOPLE
    delivered = select(func.sum(dispatches.c.cost)).where(dispatches.c.outcome == "delivered")
    assert await database.read(lambda tx: tx.execute(delivered).scalar()) == away.account.spent * 100
    assert not [each for service in started for each in (KEY, SECRET, "0100000") if each in service.logs]

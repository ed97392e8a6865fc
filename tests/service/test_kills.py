"""Residents register while the process is killed again and again: nothing is lost, and nothing happens twice."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, func, select

from handlers.dialogue import texts
from storage.tables import addresses, consents, inbox, residents
from tests.support.service.process import Mode
from tests.support.service.registering import CONFIRMED, FULL, SUMMARY, WAITING, Registering
from tests.support.service.town import Town, inhabited

KILLS = int(os.environ.get("BAEUMTOK_KILLS", "3"))
SEED = int(os.environ.get("BAEUMTOK_SEED", "7"))
SEATS, PLACES, APPLICANTS = 15, 10, 30
AT_ONCE = 20
TOO_SOON = texts.say("ko", "help.too_soon")
PATIENCE = 90.0 + KILLS
SAID = {(2, "명동", 1983)}  # consents, dong, year of birth
SAID_UNTIL_REFUSED = SAID | {(1, None, None), (2, None, None), (2, "청구동", None), (2, "명동", None)}


@dataclass
class Siege:
    """Residents who keep coming, some at once, for one course after the other, while the process is killed."""

    town: Town
    courses: list[int] = field(default_factory=list)
    registrations: list[tuple[int, Registering]] = field(default_factory=list)
    is_over: bool = False
    _numbers: "count[int]" = field(default_factory=count)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def lasts(self, kills: int, dice: random.Random) -> None:
        streams = [asyncio.create_task(self._stream()) for _ in range(AT_ONCE)]
        for _ in range(kills):
            await dice.choice((self.town.service.start, self.town.service.start, self.town.service.launch))()
            await asyncio.sleep(dice.uniform(0.0, 1.2))  # at times it is only starting, or taking up what was left
            await self.town.service.kill()
        self.is_over = True
        await self.town.service.start()
        await asyncio.gather(*streams)
        await self.town.quiet()

    async def _stream(self) -> None:
        while not self.is_over:
            number = next(self._numbers)
            course = await self._course(number // APPLICANTS)
            registering = Registering(self.town.resident(), course, "홍길동", f"010-2000-{number:04}", PATIENCE)
            self.registrations.append((course, registering))
            await registering.registers()

    async def _course(self, number: int) -> int:
        async with self._opening:
            if number == len(self.courses):
                self.courses.append(await self.town.opens(capacity=SEATS, waitlist_capacity=PLACES))
            return self.courses[number]


@pytest.fixture(params=["polling", "webhook"])
async def siege(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Siege]:
    mode: Mode = request.param
    async with inhabited(tmp_path, sqlite_url, mode) as town:
        yield Siege(town)


async def test_kills_lose_nothing_and_nothing_happens_twice(siege: Siege):
    await siege.lasts(KILLS, random.Random(SEED))
    siege.town.report(f"{KILLS} kills by {siege.town.service.mode}")
    assert await lost(siege.town) == []
    assert "level=ERROR" not in siege.town.service.logs
    for course in siege.courses:
        theirs = [each for at, each in siege.registrations if at == course]
        assert await seats_told(siege.town, course, theirs)
        assert await misled(siege.town, theirs) == []


async def test_an_effect_whose_reply_was_cut_off_is_told_and_not_repeated(fresh_town: Town):
    town = fresh_town
    await town.service.start()
    registering = Registering(town.resident(), await town.opens(), "홍길동", "010-2000-0000")
    await registering.fills_in()
    town.api.fail("editMessageText", "timeout", times=None)
    await registering.person.presses("태어난 해 고치기")
    await cut_off(town)
    town.api.fail("sendMessage", "timeout", times=None)
    await registering.person.says("뒤로")
    await cut_off(town)
    assert SUMMARY in registering.person.screen.text


async def cut_off(town: Town) -> None:
    """Killed while a reply hangs; then all goes well again."""
    async with asyncio.timeout(PATIENCE):
        while not town.api.faults.struck:
            await asyncio.sleep(0.02)
    await town.service.kill()
    town.api.heal()
    await town.service.start()
    await town.quiet()


async def lost(town: Town) -> list[int]:
    """Updates that were said and whose reply was not stored, has not left or has not arrived.

    A tap that was told to be too soon is not kept, and pressed again.
    """
    settled = select(inbox.c.key).where(inbox.c.settled_at.is_not(None), inbox.c.failure.is_(None))
    keys = set(await town.database.read(lambda tx: tx.execute(settled).scalars().all()))
    owed = [entry for entry in town.api.ledger.entries.values() if entry.toast != TOO_SOON]
    return [entry.update_id for entry in owed if str(entry.update_id) not in keys] + [
        entry.update_id for entry in town.api.unanswered()
    ]


async def seats_told(town: Town, course: int, applicants: Sequence[Registering]) -> bool:
    """Whether what each was told is what the database holds, within what the course has."""
    words = {"confirmed": CONFIRMED, "waiting": WAITING}
    held = {row.address: words[row.state] for row in await town.enrolled(course)}
    told = {str(each.person.id): each.outcome for each in applicants if each.outcome != FULL}
    counts = Counter(told.values())
    has_all = len(applicants) < APPLICANTS or (counts[CONFIRMED], counts[WAITING]) == (SEATS, PLACES)
    return held == told and len(await town.enrolled(course)) == len(held) and has_all


async def misled(town: Town, applicants: Sequence[Registering]) -> list[Row[Any]]:
    """Residents of whom we hold what they didn't say: a message that acts twice leaves other traces."""
    given = select(consents.c.resident_id, func.count().label("number")).group_by(consents.c.resident_id).subquery()
    query = (
        select(addresses.c.address, given.c.number, residents.c.dong, residents.c.birth_year)
        .join(residents, residents.c.id == given.c.resident_id)
        .join(addresses, addresses.c.resident_id == residents.c.id)
        .where(addresses.c.address.in_([str(each.person.id) for each in applicants]))
    )
    seated = {str(each.person.id) for each in applicants if each.outcome != FULL}
    rows = await town.database.read(lambda tx: tx.execute(query).all())
    return [row for row in rows if tuple(row[1:]) not in (SAID if row.address in seated else SAID_UNTIL_REFUSED)]

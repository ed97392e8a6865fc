"""Residents register while the process is killed again and again: nothing is lost, and nothing happens twice."""

import asyncio
import os
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from tests.support.service.kept import APPLICANTS, PLACES, SEATS, lost, misled, seats_told
from tests.support.service.process import Mode
from tests.support.service.registering import SUMMARY, Registering
from tests.support.service.town import Town, inhabited

KILLS = int(os.environ.get("BAEUMTOK_KILLS", "3"))
SEED = int(os.environ.get("BAEUMTOK_SEED", "7"))
AT_ONCE = 20
PATIENCE = 90.0 + KILLS


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

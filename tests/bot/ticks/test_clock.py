"""Ticks go on whatever the clock on the wall says, and however many were missed are one."""

import asyncio
import time
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers import base

from bot.ticks.clock import Clock
from bot.ticks.heartbeats import Heartbeats
from bot.ticks.wall import AHEAD, BEHIND, JUMP, Wall
from tests.support.waiting import PATIENCE

SOON = timedelta(seconds=0.05)


class Machine:
    """A computer whose clock on the wall can be turned, and that can be held for a while."""

    def __init__(self) -> None:
        self.turned = timedelta()
        self.held = 0.0
        self.wall = Wall(lambda: datetime.now(UTC) + self.turned, self.seconds)
        self.clock = Clock(Heartbeats(), self.wall, self.seconds)
        self.ticked = asyncio.Semaphore(0)
        self.ticks = 0

    def seconds(self) -> float:
        return time.monotonic() + self.held

    async def tick(self) -> None:
        self.ticks += 1
        self.ticked.release()

    async def hears_ticks(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            for _ in range(count):
                await self.ticked.acquire()


@pytest.fixture
async def machine(monkeypatch):
    machine = Machine()

    class Wall(datetime):
        @classmethod
        def now(cls, tz=None):
            return (datetime.now(UTC) + machine.turned).astimezone(tz)

    monkeypatch.setattr(base, "datetime", Wall)
    yield machine
    machine.clock.stop()


@pytest.mark.parametrize("days", [-365, -1, 1])
async def test_ticks_go_on_when_the_clock_on_the_wall_is_turned(machine, days):
    machine.clock.every(SOON, "seats", machine.tick)
    machine.clock.start()
    await machine.hears_ticks(2)
    machine.turned = timedelta(days=days)
    await machine.hears_ticks(3)


async def test_the_ticks_that_a_held_process_missed_in_a_year_are_one_and_take_no_memory(machine):
    machine.clock.every(timedelta(seconds=60), "seats", machine.tick)
    machine.clock.start()
    await machine.hears_ticks(1)
    machine.held = 365 * 24 * 3600.0
    tracemalloc.start()
    machine.clock.every(SOON, "others", lambda: asyncio.sleep(0))
    await machine.hears_ticks(1)
    await asyncio.sleep(0.2)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (machine.ticks, peak < 5_000_000) == (2, True)


# --- what can't be undone ---


async def ticks_between_others(machine):
    """How often what can't be undone was done while something else ticked five times."""
    before = machine.ticks
    others = Machine()
    machine.clock.every(SOON, "others", others.tick)
    await others.hears_ticks(5)
    return machine.ticks - before


@pytest.fixture
async def final(machine):
    """A machine whose only tick can't be undone."""
    machine.clock.every(SOON, "draws", machine.tick, is_final=True)
    machine.clock.start()
    await machine.hears_ticks(2)
    return machine


async def test_nothing_final_is_done_while_the_clock_is_ahead_and_all_is_once_it_came_back(final, caplog):
    final.turned = timedelta(days=1)
    assert (await ticks_between_others(final), final.wall.fault()) == (0, AHEAD)
    final.turned = timedelta()
    await final.hears_ticks(2)
    assert final.wall.fault() == ""
    told = [record.levelname for record in caplog.records if record.getMessage().startswith("clock:")]
    assert told == ["ERROR", "WARNING"]


async def test_nothing_final_is_done_while_the_clock_is_behind(final):
    final.turned = -timedelta(days=1)
    assert (await ticks_between_others(final), final.wall.fault()) == (0, BEHIND)
    final.turned = timedelta()
    await final.hears_ticks(2)


@pytest.mark.parametrize("turned", [timedelta(seconds=10) - JUMP, JUMP - timedelta(seconds=10)])
async def test_a_clock_that_is_set_right_by_a_little_holds_nothing(final, turned):
    final.turned = turned
    await final.hears_ticks(3)
    assert final.wall.fault() == ""


async def test_a_clock_that_is_set_right_again_and_again_is_not_ahead(final):
    for _ in range(4):
        final.turned += JUMP / 2
        await final.hears_ticks(2)


async def test_time_that_passed_while_the_machine_slept_is_no_jump(final):
    final.held = 24 * 3600.0
    final.turned = timedelta(days=1)
    assert not final.wall.is_doubted()
    await final.hears_ticks(2)


async def test_a_service_that_was_off_for_a_month_works_at_once(machine):
    machine.turned = timedelta(days=30)
    machine.wall = Wall(lambda: datetime.now(UTC) + machine.turned, machine.seconds)
    assert not machine.wall.is_doubted()


async def test_a_tick_that_the_end_breaks_off_is_no_error(machine, caplog):
    async def tick() -> None:
        machine.ticked.release()
        await asyncio.sleep(PATIENCE)

    machine.clock.every(SOON, "seats", tick)
    machine.clock.start()
    await machine.hears_ticks(1)
    with caplog.at_level("INFO"):
        machine.clock.stop()
        async with asyncio.timeout(PATIENCE):
            while "tick broken off name=seats" not in caplog.messages:
                await asyncio.sleep(0)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []

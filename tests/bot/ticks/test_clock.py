"""Ticks go on whatever the clock on the wall says, and however many were missed are one."""

import asyncio
import time
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers import base

from bot.ticks.clock import Clock
from bot.ticks.heartbeats import Heartbeats

SOON = timedelta(seconds=0.05)


class Machine:
    """A computer whose clock on the wall can be turned, and that can be held for a while."""

    def __init__(self) -> None:
        self.turned = timedelta()
        self.held = 0.0
        self.clock = Clock(Heartbeats(), lambda: time.monotonic() + self.held)
        self.ticked = asyncio.Semaphore(0)
        self.ticks = 0

    async def tick(self) -> None:
        self.ticks += 1
        self.ticked.release()

    async def hears_ticks(self, count: int) -> None:
        async with asyncio.timeout(10):
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

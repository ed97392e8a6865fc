"""When; never what: a handful of ticks."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, tzinfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.ticks.heartbeats import Heartbeats
from bot.ticks.wall import Wall

log = logging.getLogger(__name__)

Tick = Callable[[], Awaitable[object]]


class Steady(tzinfo):
    """A time zone of its own, in which it is as late as the process is old: no hand on the wall's clock turns it.

    APScheduler asks a time zone what time it is there, and knows no other way to be told.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds

    def fromutc(self, _: datetime) -> datetime:
        return datetime(2000, 1, 1, tzinfo=self) + timedelta(seconds=self._seconds())

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta()

    def dst(self, _: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, _: datetime | None) -> str:
        return "steady"


class Every(BaseTrigger):  # type: ignore[misc]
    """So long after now, however many times were missed: APScheduler's own would list them all."""

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, _: datetime | None, now: datetime) -> datetime:
        return now + self._interval


class Clock:
    """Runs each tick at the start and at its interval: one that is late is made up once, one that fails is logged."""

    def __init__(self, heartbeats: Heartbeats, wall: Wall, seconds: Callable[[], float] = time.monotonic) -> None:
        self._heartbeats = heartbeats
        self._wall = wall
        self._zone = Steady(seconds)
        self._scheduler = AsyncIOScheduler(
            timezone=self._zone, job_defaults={"misfire_grace_time": None, "max_instances": 1}
        )

    def every(self, interval: timedelta, name: str, tick: Tick, is_final: bool = False) -> None:
        """`is_final`: it can't be undone, so it waits while the clock on the wall isn't believed."""
        self._heartbeats.expect(name, interval * 3 + timedelta(seconds=30))
        at_once = datetime.now(self._zone)
        self._scheduler.add_job(self._run, Every(interval), (name, tick, is_final), name=name, next_run_time=at_once)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, tick: Tick, is_final: bool) -> None:
        try:
            if not (is_final and self._wall.is_doubted()):
                await tick()
        except asyncio.CancelledError:  # by `stop`: the next process begins it anew
            log.info("tick broken off name=%s", name)
        except Exception:
            log.exception("tick failed name=%s", name)
        else:
            self._heartbeats.beat(name)

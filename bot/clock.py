"""When; never what: a handful of ticks."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.heartbeats import Heartbeats

log = logging.getLogger(__name__)

Tick = Callable[[], Awaitable[object]]


class Clock:
    """Runs each tick at its interval: one that is late is made up once, one that fails is logged."""

    def __init__(self, heartbeats: Heartbeats) -> None:
        self._heartbeats = heartbeats
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def every(self, interval: timedelta, name: str, tick: Tick) -> None:
        self._heartbeats.expect(name, interval * 3 + timedelta(seconds=30))
        self._scheduler.add_job(self._run, "interval", (name, tick), seconds=interval.total_seconds(), name=name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, tick: Tick) -> None:
        try:
            await tick()
        except Exception:
            log.exception("tick failed name=%s", name)
        else:
            self._heartbeats.beat(name)

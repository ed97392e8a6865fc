"""When; never what: a handful of ticks."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.heartbeats import Heartbeats

log = logging.getLogger(__name__)

Tick = Callable[[], Awaitable[object]]


class Clock:
    """Runs each tick at the start and at its interval: one that is late is made up once, one that fails is logged."""

    def __init__(self, heartbeats: Heartbeats) -> None:
        self._heartbeats = heartbeats
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def every(self, interval: timedelta, name: str, tick: Tick) -> None:
        self._heartbeats.expect(name, interval * 3 + timedelta(seconds=30))
        seconds, at_once = interval.total_seconds(), datetime.now(UTC)
        self._scheduler.add_job(self._run, "interval", (name, tick), seconds=seconds, name=name, next_run_time=at_once)

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

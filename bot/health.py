"""What operators' machines ask: whether the service is well, and its figures."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.http import inside
from bot.settings import Settings
from bot.ticks.heartbeats import Heartbeats
from storage.database import Database, Transaction
from storage.dialogue import inbox
from storage.engine import ailments, pulse
from storage.engine.ailments import Ailment
from storage.notices import backlog
from storage.seating import duties
from storage.ways import spending

log = logging.getLogger(__name__)

PATIENCE = 4.0  # seconds for a write; who asks mostly waits for five
LEAST_ROOM = 1_000_000  # bytes on the disk of the database, under which it is full
DATABASE = "database: "


class Health:
    """Only for inside addresses, as each look writes to the disk, and figures tell of residents."""

    def __init__(
        self, database: Database, settings: Settings, heartbeats: Heartbeats, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._settings = settings
        self._heartbeats = heartbeats
        self._now = now

    def routes(self) -> list[Route]:
        asked = {"/healthz": self._healthz, "/metrics": self._metrics}
        return [Route(path, self._within(answer)) for path, answer in asked.items()]

    def _within(self, answer: Callable[[], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        web = self._settings.web

        async def endpoint(request: Request) -> Response:
            if not inside.is_inside(request, web.monitors, web.trusted_proxies):
                return PlainTextResponse("only for the addresses in web.monitors", 403)
            return await answer()

        return endpoint

    async def _healthz(self) -> Response:
        faults = self._heartbeats.faults()
        ailment = await self._ailment()
        if ailment:
            metrics.DATABASE_FAULTS.labels(ailment.name.lower()).inc()
            faults.append(f"{DATABASE}{ailment}")
        return PlainTextResponse("\n".join(faults) or "ok", 503 if faults else 200)

    async def _ailment(self) -> Ailment | None:
        """What stands in the way of the next message: found by writing, as it will be."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._database.write(pulse.probe)
        except Exception as error:
            log.warning("the database can't be written error=%s", type(error).__name__)
            return ailments.of(error) or Ailment.AWAY
        return Ailment.FULL if room(self._database.file) < LEAST_ROOM else None

    async def _metrics(self) -> Response:
        """What can be told: also while the database is away, so that it is told why."""
        self._heartbeats.faults()
        metrics.ROOM.set(room(self._database.file))
        try:
            async with asyncio.timeout(PATIENCE):
                await self._database.read(self._count)
        except (SQLAlchemyError, OSError) as error:  # a timeout too
            log.warning("figures without those of the database error=%s", type(error).__name__)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    def _count(self, tx: Transaction) -> None:
        now = self._now()
        organization = self._settings.to_organization()
        today = now.astimezone(organization.timezone).date()
        metrics.OWED.set(inbox.count_owed(tx))
        metrics.SPENT.set(spending.since(tx, spending.month_of(now, organization.timezone)) / spending.WON)
        metrics.CEILING.set(organization.pushes.monthly_ceiling)
        metrics.NOTICES_OWED.set(backlog.count_owed(tx))
        metrics.TOO_FEW.set(len(duties.below_minimum(tx, now, today)))


def room(file: Path | None) -> float:
    """Bytes that are free where the database is; a database elsewhere tells by itself."""
    try:
        return shutil.disk_usage(file.parent).free if file else float("inf")
    except OSError:
        return 0.0

"""The page that tells everybody what residents want to learn, where the settings turn it on."""

from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.http.headers import shielded
from bot.http.pages import Pages
from bot.http.requests import language
from handlers.dialogue.organization import Organization
from handlers.staff.desk.desk import Desk
from handlers.staff.year.demands.published import Published, published
from storage.database import Database

KEPT = timedelta(minutes=10)  # so many may look at once


class Demanded:
    """Its route."""

    def __init__(self, database: Database, organization: Organization, now: Callable[[], datetime]) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._pages = Pages(organization)
        self._found: tuple[datetime, Published] | None = None

    def routes(self) -> list[Route]:
        return [Route("/demand", shielded(self.show))]

    async def show(self, request: Request) -> Response:
        found = await self._find()
        speaks = language(request, self._organization.language)
        return HTMLResponse(self._pages.write("demand.html", speaks, found=found))

    async def _find(self) -> Published:
        """As it was counted a few minutes ago."""
        now = self._now()
        if self._found is None or now - self._found[0] >= KEPT:
            desk = Desk(self._organization, now)
            self._found = now, await self._database.read(lambda tx: published(tx, desk))
        return self._found[1]

"""The screen of a room: the code of the class that an officer began to show there, and how many have come."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.http.headers import shielded
from bot.http.pages import Pages
from bot.site import qr
from handlers.attendance import codes
from handlers.dialogue.organization import Organization
from handlers.language.days import dates
from handlers.staff.attendance import screen
from handlers.staff.attendance.screen import Shown
from storage.database import Database

PATH = "/screen"
REST = 30  # seconds after which a page without a code is looked at anew
LIVE = 5  # seconds after which a page with a script counts again


class RoomScreen:
    """Its routes. The address holds no secret, as everybody in the room can read it."""

    def __init__(self, database: Database, organization: Organization, now: Callable[[], datetime]) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._pages = Pages(organization)

    def routes(self) -> list[Route]:
        show, part = (shielded(partial(self._show, template)) for template in ("screen/page.html", "screen/part.html"))
        return [Route(PATH, show), Route(f"{PATH}/part", part)]

    async def _show(self, template: str, request: Request) -> Response:
        now, kept = self._now(), request.cookies.get(cookie(self._organization.public_url), "")
        shown = await self._database.read(partial(screen.shown, organization=self._organization, kept=kept, now=now))
        renewed = codes.renewed_in(now) if shown and shown.code else REST
        words = {"shown": shown, "renewed": renewed, "live": LIVE, "clock": self._clock}
        drawn = qr.drawn(shown.address) if shown and shown.code else ""
        page = self._pages.write(template, "ko", qr=drawn, when=self._when(shown), **words)
        return HTMLResponse(page, 200 if shown else 403)

    def _when(self, shown: Shown | None) -> str:
        if shown is None:
            return ""
        day = shown.meeting.starts_at.astimezone(self._organization.timezone).date()
        since, until = self._clock(shown.meeting.starts_at), self._clock(shown.meeting.ends_at)
        return f"{dates.day(day, 'ko', today=day)} {since}~{until}"

    def _clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._organization.timezone):%H:%M}"


def cookie(public_url: str) -> str:
    """With the prefix no other host, and no page over plain HTTP, can have set it."""
    return "__Host-screen" if public_url.startswith("https://") else "screen"


def remember(response: Response, kept: str, seconds: float, public_url: str) -> None:
    secure = public_url.startswith("https://")
    response.set_cookie(
        cookie(public_url), kept, max_age=int(seconds), path="/", secure=secure, httponly=True, samesite="strict"
    )

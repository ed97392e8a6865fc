"""Where the code of a class leads: to the chats that are on, or by one press to where one is known."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.http import problems
from bot.http.headers import retry_after, unlinked
from bot.http.limits import Rates
from bot.http.pages import Pages
from bot.http.requests import client, language
from bot.traits import KAKAO, TELEGRAM, WEB
from handlers.attendance import codes
from handlers.attendance.codes import Code
from handlers.dialogue.organization import Organization
from storage.database import Database, Transaction
from storage.keys import sealing
from storage.teaching import courses, sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session

DAYS = 180  # for which it is remembered in which chat somebody is
LED = (TELEGRAM, WEB)  # chats that a link opens
Found = tuple[Code, Session, Course]


class Attending:
    """Their routes. `token` is what a form needs to speak in the web chat, where the browser is known there."""

    def __init__(
        self,
        database: Database,
        organization: Organization,
        now: Callable[[], datetime],
        door: Callable[[], str],
        token: Callable[[Request], Awaitable[str]],
        by_client: Rates | None = None,
    ) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._door = door
        self._token = token
        self._pages = Pages(organization)
        self._by_client = by_client or Rates(per_minute=1200, burst=600)  # a room, or a carrier, shares one address

    def routes(self) -> list[Route]:
        return [Route("/a/{code}", unlinked(self.show)), Route("/a/{code}/{chat}", unlinked(self.lead))]

    async def show(self, request: Request) -> Response:
        """Nothing is stored by looking."""
        speaks = language(request, self._organization.language)
        if wait := self._by_client.take(client(request)):
            return self._over(speaks, "help.slow_down", 429, wait)
        found = await self._database.read(partial(self._found, request.path_params["code"]))
        if found is None:
            return self._over(speaks, "attend.over", 410)
        code, meeting, course = found
        words = {"course": course.in_(speaks), "meeting": meeting, "chats": self._chats(request)}
        said = {"code": request.path_params["code"], "digits": codes.typed(self._database.seal, code)}
        form = {"token": await self._token(request), "key": secrets.token_hex(16)}
        return HTMLResponse(self._pages.write("attending/choose.html", speaks, **words, **said, **form))

    async def lead(self, request: Request) -> Response:
        """To a chat, with the code; this browser remembers which one."""
        code, chat = request.path_params["code"], request.path_params["chat"]
        found = await self._database.read(partial(self._found, code))
        if found is None or chat not in self._chats(request):
            return RedirectResponse(f"/a/{quote(code, safe='')}", 303)
        response = RedirectResponse(f"{self._door() if chat == TELEGRAM else '/'}?start=a{code}", 303)
        kept: dict[str, Any] = {"max_age": DAYS * 24 * 3600, "httponly": True, "samesite": "lax"}
        secure = self._organization.public_url.startswith("https://")
        response.set_cookie("chat", chat, path="/a", secure=secure, **kept)
        return response

    def _found(self, code: str, tx: Transaction) -> Found | None:
        read = codes.read(sealing.of(tx), code, self._now())
        meeting = sessions.find(tx, read.session_id) if read else None
        course = courses.find(tx, meeting.course_id) if meeting else None
        return (read, meeting, course) if read and meeting and course else None

    def _chats(self, request: Request) -> list[str]:
        """Those that are on, the one of this browser first."""
        on = [each for each in (TELEGRAM, KAKAO, WEB) if each in self._organization.channels]
        open_now = [each for each in on if each != TELEGRAM or self._door()]
        return sorted(open_now, key=lambda each: each != request.cookies.get("chat"))

    def _over(self, speaks: str, key: str, status: int, wait: float = 0) -> Response:
        text = self._pages.words(speaks)(key, limit=problems.too_fast(wait).limit)
        return HTMLResponse(self._pages.write("attending/over.html", speaks, text=text), status, retry_after(wait))

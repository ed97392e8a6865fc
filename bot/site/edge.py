"""The edge of all routes: what every answer is sent with, and what is told where there is no page."""

import logging

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http import problems
from bot.http.headers import SEALED, SHIELD, retry_after
from bot.http.pages import Pages
from bot.http.requests import language, wants_json
from handlers.dialogue.organization import Organization

log = logging.getLogger(__name__)

NO_PAGE = "/-"


class Edge:
    """Puts the shield before everything, errors too; an address with signs that nobody types leads nowhere."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self._app = app
        self._headers = {**SHIELD, **SEALED} if public_url.startswith("https://") else SHIELD

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        is_typed = scope["path"].isprintable()
        await self._app(scope if is_typed else {**scope, "path": NO_PAGE, "raw_path": b""}, receive, shielded)


class ErrorPages:
    """What is told in place of a page: to people by a page of ours, with the number to call."""

    def __init__(self, organization: Organization) -> None:
        self._pages = Pages(organization)
        self._language = organization.language

    async def nowhere(self, request: Request, _error: Exception) -> Response:
        """There is no such page."""
        return self._told(request, 404, "web.nowhere", "Not Found")

    async def broken(self, request: Request, error: Exception) -> Response:
        """It can't be made now: the database is away, or it is a bug of ours."""
        log.error("no page error=%s", type(error).__name__)
        answer = self._told(request, problems.BROKEN.status, problems.BROKEN.key, "Service Unavailable")
        answer.headers.update(retry_after(problems.BROKEN.retry_after))
        return answer

    def _told(self, request: Request, status: int, key: str, plain: str) -> Response:
        speaks = language(request, self._language)
        say = self._pages.words(speaks)
        title = say(f"{key}_title")
        if wants_json(request):
            return JSONResponse({"error": title}, status)
        if "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse(plain, status)
        told = {"title": title, "problem": say(key), "text": "", "path": ""}
        return HTMLResponse(self._pages.write("problem.html", speaks, **told), status)

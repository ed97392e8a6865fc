"""The edge of all routes: what every answer is sent with, and what is told where there is no page."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http.headers import SEALED, SHIELD
from bot.http.pages import Pages
from bot.http.requests import language, wants_json
from handlers.dialogue.organization import Organization

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


class Nowhere:
    """What is told where there is no page: to people by a page of ours."""

    def __init__(self, organization: Organization) -> None:
        self._pages = Pages(organization)
        self._language = organization.language

    async def answer(self, request: Request, _error: Exception) -> Response:
        speaks = language(request, self._language)
        say = self._pages.words(speaks)
        title = say("web.nowhere_title")
        if wants_json(request):
            return JSONResponse({"error": title}, 404)
        if "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse("Not Found", 404)
        told = {"title": title, "problem": say("web.nowhere"), "text": "", "path": ""}
        return HTMLResponse(self._pages.write("problem.html", speaks, **told), 404)

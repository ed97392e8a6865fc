"""Surveys at a shared screen and on paper: no cookie, no session, and nothing stored before it is handed in."""

import logging
import traceback
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.http import problems, requests
from bot.http.headers import retry_after, shielded
from bot.http.limits import Rates
from bot.http.pages import Pages
from bot.http.problems import Problem
from bot.http.requests import client
from bot.site import kiosk_fields, qr
from bot.site.kiosk_fields import Fields
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.organization import House
from handlers.dialogue.texts import LANGUAGES
from handlers.residents import kiosk, paper
from handlers.residents.kiosk import START, THANKS, Screen
from storage.database import Database, Transaction
from storage.residents import Resident

log = logging.getLogger(__name__)

REST, REST_AFTER_THANKS = 60, 10  # seconds after which a page that is left alone goes back to the start


class Kiosk:
    """Their routes."""

    def __init__(
        self, database: Database, house: House, now: Callable[[], datetime], by_client: Rates | None = None
    ) -> None:
        self._database = database
        self._house = house
        self._now = now
        self._pages = Pages(house)
        self._by_client = by_client or Rates(per_minute=600, burst=200)  # a job centre shares one address

    def routes(self) -> list[Route]:
        return [
            Route("/kiosk/{code}", shielded(self.show)),
            Route("/kiosk/{code}", shielded(self.answer), methods=["POST"]),
            Route("/paper/{code}", shielded(self.print)),
        ]

    async def show(self, request: Request) -> Response:
        """The first screen; nothing is stored by looking."""
        code, language = request.path_params["code"], self._language(request)
        try:
            screen = await self._database.read(lambda tx: kiosk.look(self._chat(tx, language), code))
        except Refused as refused:
            return self._refused(code, language, refused)
        return self._screen(screen)

    async def answer(self, request: Request) -> Response:
        """A step: what was answered so far came with it, and goes on with the next screen."""
        try:
            fields = await kiosk_fields.read(request, self._house.language)
        except requests.TooLarge:
            return self._stuck(request, None, problems.TOO_LARGE)
        wait = self._by_client.take(client(request))
        if wait:
            return self._stuck(request, fields, problems.too_fast(wait))
        code = request.path_params["code"]
        try:
            return self._screen(await self._step(code, fields), fields.sent.nonce)
        except Refused as refused:
            return self._refused(code, fields.language, refused)
        except Exception as error:
            _note(error)
            return self._stuck(request, fields, problems.BROKEN)

    async def print(self, request: Request) -> Response:
        """The same survey to be filled in with a pen."""
        code, language = request.path_params["code"], self._language(request)
        try:
            sheet = await self._database.read(lambda tx: paper.sheet(self._chat(tx, language), code))
        except Refused as refused:
            return self._refused(code, language, refused)
        door = f"{self._house.public_url}/?start=s{sheet.code}"
        return HTMLResponse(self._pages.write("paper.html", language, sheet=sheet, door=door, qr=qr.drawn(door)))

    async def _step(self, code: str, fields: Fields) -> Screen:
        run = self._database.write if fields.sent.do == "send" else self._database.read
        return await run(lambda tx: kiosk.step(self._chat(tx, fields.language), code, fields.sent))

    def _chat(self, tx: Transaction, language: str) -> Chat:
        return Chat(tx, Resident(0, language), self._now(), kiosk.CHANNEL, "", self._house)

    def _language(self, request: Request) -> str:
        named = request.query_params.get("language", "")
        return named if named in LANGUAGES else self._house.language

    def _screen(self, screen: Screen, nonce: str = "") -> Response:
        language = screen.chat.language
        rests = REST_AFTER_THANKS if screen.name == THANKS else REST
        if screen.name == START and language == self._house.language:
            rests = 0
        hidden = kiosk_fields.hidden_fields(language, nonce, screen.filling.answers)
        page = self._page(screen.name, language, rests=rests, code=screen.round.code, hidden=hidden, screen=screen)
        return HTMLResponse(page)

    def _page(self, name: str, language: str, **data: Any) -> str:
        return self._pages.write(f"kiosk/{name}.html", language, name=name, **data)

    def _refused(self, code: str, language: str, refused: Refused) -> Response:
        is_unknown = refused.key == "kiosk.unknown"
        rests = 0 if is_unknown else REST  # it may open, or be opened again
        words = self._pages.words(language)(refused.key, **refused.data)
        page = self._page("refused", language, rests=rests, code=code, words=words)
        return HTMLResponse(page, 404 if is_unknown else 200)

    def _stuck(self, request: Request, fields: Fields | None, problem: Problem) -> Response:
        """What stands in the way, with what was sent, to send it again."""
        language = fields.language if fields else self._house.language
        repeated = fields.repeated() if fields else []
        words = self._pages.words(language)(problem.key, limit=problem.limit)
        code = request.path_params["code"]
        page = self._page("stuck", language, rests=REST, code=code, words=words, repeated=repeated)
        return HTMLResponse(page, problem.status, retry_after(problem.retry_after))


def _note(error: Exception) -> None:
    """Where it happened, and not in which words: they may hold an answer."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    log.error("kiosk failed error=%s at=%s:%s", type(error).__name__, at.filename, at.lineno)

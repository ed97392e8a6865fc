"""Surveys at a tablet that officers allowed, and on paper; nobody's answers are stored before they are handed in."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.http import problems, requests
from bot.http.headers import retry_after, shielded
from bot.http.limits import Rates
from bot.http.pages import Pages
from bot.http.problems import Problem
from bot.http.requests import client
from bot.site import kiosk_fields, qr, tablets
from bot.site.kiosk_fields import Fields
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.organization import Organization
from handlers.dialogue.texts import LANGUAGES
from handlers.residents.surveys import kiosk, paper
from handlers.residents.surveys.kiosk import PACE, START, THANKS, Screen, Sent
from storage.asking import kiosks
from storage.database import Database, Transaction
from storage.people.residents import Resident

log = logging.getLogger(__name__)

REST, REST_AFTER_THANKS = 60, 10  # seconds after which a page that is left alone goes back to the start


class Kiosk:
    """Their routes."""

    def __init__(
        self,
        database: Database,
        organization: Organization,
        now: Callable[[], datetime],
        by_client: Rates | None = None,
        pace: timedelta = PACE,
    ) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._pages = Pages(organization)
        self._by_client = by_client or Rates(per_minute=600, burst=200)  # a job centre shares one address
        self._codes = Rates(per_minute=6, burst=12)  # so often a code may be tried, by all together
        self._pace = pace

    def routes(self) -> list[Route]:
        return [
            Route("/kiosk", shielded(self.choose)),
            Route("/kiosk", shielded(self.allow), methods=["POST"]),
            Route("/kiosk/{code}", shielded(self.show)),
            Route("/kiosk/{code}", shielded(self.answer), methods=["POST"]),
            Route("/paper/{code}", shielded(self.print)),
        ]

    async def choose(self, request: Request) -> Response:
        """Which surveys can be answered here; where the tablet isn't allowed yet, its code is asked for."""
        language, secret = self._language(request), tablets.secret(request, self._organization.public_url)
        try:
            found = await self._database.read(lambda tx: kiosk.open_surveys(self._chat(tx, language), secret))
        except Refused:
            return self._unallowed("", language)
        return HTMLResponse(self._page("surveys", language, rests=0, code="", surveys=found))

    async def allow(self, request: Request) -> Response:
        """An officer's code, typed once."""
        fields = await kiosk_fields.read_code(request, self._organization.language)
        if not self._is_genuine(request):
            return self._unallowed(fields.survey, fields.language, "kiosk.elsewhere", 403)
        if wait := self._codes.take("all"):
            return self._unallowed(fields.survey, fields.language, "help.slow_down", 429, retry_after(wait))
        allowing = partial(kiosks.allow, code=fields.code, now=self._now())
        kept = await self._database.write(lambda tx: allowing(tx))
        if kept is None:
            return self._unallowed(fields.survey, fields.language, "kiosk.code_wrong", 403)
        response = RedirectResponse(f"/kiosk/{quote(fields.survey)}".rstrip("/"), 303)
        tablets.remember(response, kept, self._organization.public_url)
        return response

    async def show(self, request: Request) -> Response:
        """The first screen; nothing is stored by looking."""
        code, language = request.path_params["code"], self._language(request)
        try:
            secret = tablets.secret(request, self._organization.public_url)
            screen = await self._database.read(lambda tx: kiosk.look(self._chat(tx, language), code, secret))
        except Refused as refused:
            return self._refused(code, language, refused)
        return self._screen(screen, Sent())

    async def answer(self, request: Request) -> Response:
        """A step: what was answered so far came with it, and goes on with the next screen."""
        try:
            fields = await kiosk_fields.read(request, self._organization.language)
        except requests.TooLarge:
            return self._stuck(request, None, problems.TOO_LARGE)
        wait = self._by_client.take(client(request))
        if wait:
            return self._stuck(request, fields, problems.too_fast(wait))
        if not self._is_genuine(request):
            return self._stuck(request, None, problems.ELSEWHERE)
        code = request.path_params["code"]
        try:
            return self._screen(await self._step(request, fields), fields.sent)
        except Refused as refused:
            if refused.key == "kiosk.too_fast":
                return self._stuck(request, fields, problems.TOO_SOON)
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
        door = f"{self._organization.public_url}/?start=s{sheet.code}"
        return HTMLResponse(self._pages.write("paper.html", language, sheet=sheet, door=door, qr=qr.drawn(door)))

    async def _step(self, request: Request, fields: Fields) -> Screen:
        run = self._database.write if kiosk.writes(fields.sent) else self._database.read
        secret = tablets.secret(request, self._organization.public_url)
        step = partial(kiosk.step, code=request.path_params["code"], sent=fields.sent, secret=secret, pace=self._pace)
        return await run(lambda tx: step(self._chat(tx, fields.language)))

    def _is_genuine(self, request: Request) -> bool:
        return requests.is_from_here(request, self._organization.public_url)

    def _chat(self, tx: Transaction, language: str) -> Chat:
        return Chat(tx, Resident(0, language), self._now(), kiosk.CHANNEL, "", self._organization)

    def _language(self, request: Request) -> str:
        named = request.query_params.get("language", "")
        return named if named in LANGUAGES else self._organization.language

    def _screen(self, screen: Screen, sent: Sent) -> Response:
        language = screen.chat.language
        rests = REST_AFTER_THANKS if screen.name == THANKS else REST
        if screen.name == START and language == self._organization.language:
            rests = 0
        hidden = kiosk_fields.hidden_fields(language, replace(sent, answers=screen.filling.answers))
        page = self._page(screen.name, language, rests=rests, code=screen.round.code, hidden=hidden, screen=screen)
        return HTMLResponse(page)

    def _page(self, name: str, language: str, **data: Any) -> str:
        return self._pages.write(f"kiosk/{name}.html", language, name=name, **data)

    def _unallowed(
        self, code: str, language: str, problem: str = "", status: int = 403, headers: dict[str, str] | None = None
    ) -> Response:
        """What to do on a tablet that isn't allowed: an officer types a code, others answer on their own phones."""
        page = self._page("unallowed", language, rests=0, code=code, problem=problem)
        return HTMLResponse(page, status, headers)

    def _refused(self, code: str, language: str, refused: Refused) -> Response:
        if refused.key == "kiosk.not_allowed":
            return self._unallowed(code, language)
        is_unknown = refused.key == "kiosk.unknown"
        rests = 0 if is_unknown else REST  # it may open, or be opened again
        words = self._pages.words(language)(refused.key, **refused.data)
        page = self._page("refused", language, rests=rests, code=code, words=words)
        return HTMLResponse(page, 404 if is_unknown else 200)

    def _stuck(self, request: Request, fields: Fields | None, problem: Problem) -> Response:
        """What stands in the way, with what was sent, to send it again."""
        language = fields.language if fields else self._organization.language
        repeated = fields.repeated() if fields else []
        words = self._pages.words(language)(problem.key, limit=problem.limit)
        code = request.path_params["code"]
        page = self._page("stuck", language, rests=REST, code=code, words=words, repeated=repeated)
        return HTMLResponse(page, problem.status, retry_after(problem.retry_after))


def _note(error: Exception) -> None:
    """Where it happened, and not in which words: they may hold an answer."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    log.error("kiosk failed error=%s at=%s:%s", type(error).__name__, at.filename, at.lineno)

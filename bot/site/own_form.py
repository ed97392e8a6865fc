"""A form that a chat has handed over to a page of ours: question by question, without any script."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.http import problems, requests
from bot.http.headers import retry_after, shielded
from bot.http.keyboards import keyboard
from bot.http.limits import Rates
from bot.http.pages import Pages
from bot.http.problems import Problem
from bot.http.requests import client, language
from bot.site import sittings
from bot.site.sittings import PATH
from handlers.dialogue.chat import PAGE, Chat
from handlers.dialogue.forms import own_page
from handlers.dialogue.forms.own_page import Screen, Sent
from handlers.dialogue.organization import Organization
from storage.database import Database, Transaction
from storage.people.residents import Resident

MOST_FIELDS = 20


class OwnForm:
    """Its routes. `door` is the address of the chat, once it is known."""

    def __init__(
        self,
        database: Database,
        organization: Organization,
        now: Callable[[], datetime],
        door: Callable[[], str] = str,
        by_client: Rates | None = None,
    ) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._door = door
        self._pages = Pages(organization)
        self._by_client = by_client or Rates(per_minute=240, burst=120)  # phones of a carrier share addresses

    def routes(self) -> list[Route]:
        return [Route(PATH, shielded(self.show)), Route(PATH, shielded(self.answer), methods=["POST"])]

    async def show(self, request: Request) -> Response:
        """The question that is asked now; what was answered before it is shown at the end alone."""
        if wait := self._by_client.take(client(request)):
            return self._stuck(request, problems.too_fast(wait))
        return await self._database.read(partial(self._shown, request, self._secret(request)))

    async def answer(self, request: Request) -> Response:
        """The next question by its own address; on the spot what was wrong with an answer, and what came of it all."""
        if wait := self._by_client.take(client(request)):
            return self._stuck(request, problems.too_fast(wait))
        if not requests.is_from_here(request, self._organization.public_url):
            return self._stuck(request, problems.ELSEWHERE)
        try:
            sent = await _read(request)
        except requests.TooLarge:
            return self._stuck(request, problems.TOO_LARGE)
        if len(sent.text) > requests.LONGEST_TEXT:
            return self._stuck(request, problems.TOO_LONG)
        return await self._database.write(partial(self._answered, request, self._secret(request), sent))

    def _shown(self, request: Request, secret: str, tx: Transaction) -> Response:
        chat = self._anybody(tx, request)
        screen = own_page.show(chat, secret)
        return self._screen(screen) if screen else self._ended(chat, secret)

    def _answered(self, request: Request, secret: str, sent: Sent, tx: Transaction) -> Response:
        chat = self._anybody(tx, request)
        screen = own_page.step(chat, secret, sent)
        if screen is None:
            return self._ended(chat, secret)
        return RedirectResponse(PATH, 303) if screen.is_plain else self._screen(screen)

    def _anybody(self, tx: Transaction, request: Request) -> Chat:
        speaks = language(request, self._organization.language)
        return Chat(tx, Resident(0, speaks), self._now(), PAGE, "", self._organization, is_on_page=True)

    def _secret(self, request: Request) -> str:
        return sittings.secret(request, self._organization.public_url)

    def _screen(self, screen: Screen) -> Response:
        name = "over" if screen.is_over else "question"
        keys = keyboard(screen.reply.asks)
        return self._page(screen.chat.language, name, 200, screen=screen, keyboard=keys)

    def _ended(self, chat: Chat, secret: str) -> Response:
        why = "already" if own_page.is_done(chat, secret) else "expired"
        return self._page(chat.language, "ended", 410, why=why)

    def _stuck(self, request: Request, problem: Problem) -> Response:
        speaks = language(request, self._organization.language)
        words = self._pages.words(speaks)(problem.key, limit=problem.limit)
        return self._page(speaks, "stuck", problem.status, retry_after(problem.retry_after), words=words)

    def _page(
        self, speaks: str, name: str, status: int, headers: Mapping[str, str] | None = None, **data: Any
    ) -> Response:
        page = self._pages.write(f"own_page/{name}.html", speaks, door=self._door(), at=PATH, **data)
        return HTMLResponse(page, status, headers)


async def _read(request: Request) -> Sent:
    """Raises TooLarge."""
    written = (await requests.body(request)).decode("utf-8", "replace")
    try:
        fields = parse_qs(written, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # more fields than any form of ours has
        raise requests.TooLarge from None
    text, form, question = (requests.clean(_last(fields, name)) for name in ("text", "form", "question"))
    return Sent(form, requests.path_of(_last(fields, "path")), question, text)


def _last(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return fields.get(name, [""])[-1]

"""Pages that one-time links open: looking uses none up, as messengers look at links by themselves; pressing does."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.documents import certificates
from bot.http import files, problems
from bot.http.headers import retry_after, unlinked
from bot.http.limits import Rates
from bot.http.pages import Pages
from bot.http.problems import Problem
from bot.http.requests import client, language
from bot.site import sittings
from handlers.dialogue import once
from handlers.dialogue.chat import PAGE, Chat, Refused
from handlers.dialogue.forms import handing_over, own_page
from handlers.dialogue.once import Purpose
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import File, Reply
from storage.database import Database, Transaction
from storage.people import links, residents
from storage.people.links import Link


class OneTime:
    """Their routes. `door` is the address of the chat in which forms are handed over to our pages, once it is known."""

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
        self._by_client = by_client or Rates(per_minute=120, burst=60)  # phones of a carrier share addresses

    def routes(self) -> list[Route]:
        at = "/once/{purpose}/{token}"
        return [Route(at, unlinked(self.look)), Route(at, unlinked(self.open), methods=["POST"])]

    async def look(self, request: Request) -> Response:
        """What the link is for, before it is opened. It tells nothing of whose it is."""
        if wait := self._by_client.take(client(request)):
            return self._stuck(request, problems.too_fast(wait))
        purpose, token = self._asked(request)
        secret = sittings.secret(request, self._organization.public_url)
        return await self._database.read(lambda tx: self._before(tx, request, purpose, token, secret))

    async def open(self, request: Request) -> Response:
        """What it gives: a file, a page, or the way to a form. One that is over shows why."""
        if wait := self._by_client.take(client(request)):
            return self._stuck(request, problems.too_fast(wait))
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return self._stuck(request, problems.ELSEWHERE)
        purpose, token = self._asked(request)
        try:
            opened = await self._database.write(partial(self._used, purpose, token)) if purpose else None
        except Refused as refused:
            return self._page(self._speaks(request), "given", 200, reply=Reply(self._say(request, refused)))
        if isinstance(opened, File):
            return files.download(await certificates.made(opened))
        return opened or RedirectResponse(request.url.path, 303)

    def _asked(self, request: Request) -> tuple[Purpose | None, str]:
        return once.find(request.path_params["purpose"]), request.path_params["token"]

    def _before(self, tx: Transaction, request: Request, purpose: Purpose | None, token: str, secret: str) -> Response:
        link = links.find(tx, token, purpose.name) if purpose else None
        if link is None or purpose is None:
            return self._over(self._speaks(request), "stale", 404)
        chat = self._chat(tx, link)
        if link.used_at:
            goes_on = own_page.is_of(chat, secret, link)
            return self._over(chat.language, "used", 410, purpose, goes_on=goes_on)
        if link.until <= chat.now:
            return self._over(chat.language, "stale", 410, purpose)
        return self._page(chat.language, "before", 200, purpose)

    def _used(self, purpose: Purpose, token: str, tx: Transaction) -> Response | File | None:
        """Used up and given in one transaction: what can't be given leaves the link as it was."""
        link = links.use(tx, token, purpose.name, self._now())
        if link is None:
            return None
        chat = self._chat(tx, link)
        reply = purpose.open(chat, link.subject)
        if reply.form:
            return sittings.begin(own_page.sit_down(chat, link), self._organization.public_url)
        return reply.file or self._page(chat.language, "given", 200, reply=reply)

    def _chat(self, tx: Transaction, link: Link) -> Chat:
        resident = residents.by_id(tx, link.resident_id)
        return Chat(tx, resident, self._now(), PAGE, "", self._organization, is_on_page=True)

    def _speaks(self, request: Request) -> str:
        return language(request, self._organization.language)

    def _say(self, request: Request, refused: Refused) -> str:
        return self._pages.words(self._speaks(request))(refused.key, **refused.data)

    def _over(
        self, speaks: str, why: str, status: int, purpose: Purpose | None = None, goes_on: bool = False
    ) -> Response:
        return self._page(speaks, "over", status, purpose, why=why, goes_on=goes_on)

    def _page(self, speaks: str, name: str, status: int, purpose: Purpose | None = None, **data: Any) -> Response:
        """Only forms are handed over by a chat whose address is known."""
        door = self._door() if purpose and purpose.name == handing_over.PURPOSE else ""
        named = purpose.name if purpose else ""
        return HTMLResponse(self._pages.write(f"once/{name}.html", speaks, door=door, purpose=named, **data), status)

    def _stuck(self, request: Request, problem: Problem) -> Response:
        words = self._pages.words(self._speaks(request))(problem.key, limit=problem.limit)
        page = self._pages.write("once/given.html", self._speaks(request), door="", reply=Reply(words))
        return HTMLResponse(page, problem.status, retry_after(problem.retry_after))

"""What the pages before the console share: how often one may try, passwords weighed, and who is let in."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console.guard import is_from_console
from bot.console.signing import cookies, secrets
from bot.console.writing import Writer
from bot.http import requests
from bot.http.headers import retry_after
from bot.http.limits import Rates
from bot.http.requests import client
from handlers.dialogue.organization import Organization
from handlers.staff.officers.tries import Begun, Try
from storage.database import Database
from storage.officers import accounts
from storage.officers.accounts import Account

SLOW_DOWN = "너무 여러 번 시도했습니다. 잠시 뒤에 다시 해 주세요."
ELSEWHERE = "다른 사이트에서 보낸 요청이라 받지 않았습니다. 이 화면에서 다시 해 주세요."


class Door:
    def __init__(
        self, database: Database, organization: Organization, now: Callable[[], datetime], writer: Writer
    ) -> None:
        self.database = database
        self.organization = organization
        self.now = now
        self._writer = writer
        self._by_client = Rates(per_minute=10, burst=20)  # an office shares one address
        self._all = Rates(per_minute=120, burst=60)  # half a second of work each
        self._hashing = asyncio.Semaphore(2)  # 64 MB each

    def refusal(self, request: Request) -> tuple[str, int, float] | None:
        """Why it isn't even looked at: words, status, and how long to wait."""
        if not is_from_console(request, self.organization.public_url):
            return ELSEWHERE, 403, 0
        wait = self._by_client.take(client(request)) or self._all.take("all")
        return (SLOW_DOWN, 429, wait) if wait else None

    def tries(self, request: Request) -> Try:
        device = cookies.token(request, self.organization.public_url, cookies.DEVICE)
        return Try(client(request), device, self.now())

    async def called(self, login: str) -> Account | None:
        return await self.database.read(lambda tx: accounts.by_login(tx, requests.clean(login).casefold()))

    async def proven(self, found: Account | None, password: str) -> str:
        """The hash of which this is the password; "" where it is wrong, or nobody's."""
        kept = found.password if found and found.password else secrets.nobodys()
        async with self._hashing:
            is_right = await asyncio.to_thread(secrets.is_right, password, kept)
        return kept if is_right else ""

    async def hashed(self, password: str) -> str:
        async with self._hashing:
            return await asyncio.to_thread(secrets.hashed, password)

    def let_in(self, begun: Begun, path: str) -> Response:
        return self.known(RedirectResponse(path, 303), begun)

    def known(self, response: Response, begun: Begun) -> Response:
        """Their browser is known from now on, and next time."""
        public_url = self.organization.public_url
        cookies.remember(response, begun.session, public_url)
        cookies.remember(response, begun.device, public_url, cookies.DEVICE)
        cookies.forget(response, public_url, cookies.STEP)
        return response

    def page(self, template: str, title: str, status: int = 200, wait: float = 0, **data: Any) -> Response:
        return HTMLResponse(self._writer.write(template, title=title, **data), status, retry_after(wait))

"""The pages before the console: signing in, and beginning by a one-time link."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.console import links
from bot.console.guard import fields, is_from_console
from bot.console.links import HOME
from bot.console.signing import cookies, secrets
from bot.console.writing import Writer
from bot.http import requests
from bot.http.headers import retry_after, unlinked
from bot.http.limits import Rates
from bot.http.requests import client
from bot.site import qr
from handlers.dialogue.organization import Organization
from handlers.staff.officers import signing_in
from handlers.staff.officers.signing_in import totp_secret
from storage.database import Database
from storage.officers import accounts
from storage.officers.accounts import Account

WRONG = (
    "아이디, 비밀번호, 인증번호 가운데 맞지 않는 것이 있습니다. 다섯 번 잇따라 틀리면 15분 동안 로그인할 수 없습니다."
)
SLOW_DOWN = "너무 여러 번 시도했습니다. 잠시 뒤에 다시 해 주세요."
ELSEWHERE = "다른 사이트에서 보낸 요청이라 받지 않았습니다. 이 화면에서 다시 해 주세요."
NOT_THE_CODE = "인증번호가 맞지 않습니다. 앱에 지금 보이는 여섯 자리를 적어 주세요. 휴대전화의 시계도 확인해 주세요."
NOT_THE_SAME = "두 번 적은 비밀번호가 서로 다릅니다."


class Signing:
    """Their routes."""

    def __init__(
        self, database: Database, organization: Organization, now: Callable[[], datetime], writer: Writer
    ) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._writer = writer
        self._by_client = Rates(per_minute=10, burst=20)  # an office shares one address
        self._all = Rates(per_minute=120, burst=60)  # half a second of work each
        self._hashing = asyncio.Semaphore(2)  # 64 MB each

    def routes(self) -> list[Route]:
        return [
            Route("/desk/sign-in", unlinked(self.ask)),
            Route("/desk/sign-in", unlinked(self.sign_in), methods=["POST"]),
            Route("/desk/begin/{token}", unlinked(self.welcome)),
            Route("/desk/begin/{token}", unlinked(self.begin), methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        return self._sign_in_page(request.query_params.get("next", ""), over="over" in request.query_params)

    async def sign_in(self, request: Request) -> Response:
        """One page for all that proves who it is: what was wrong in it isn't told."""
        if refused := self._refusal(request):
            return self._sign_in_page("", *refused)
        sent = await fields(request)
        login, password, code = (sent.get(name, "") for name in ("login", "password", "code"))
        found = await self._database.read(lambda tx: accounts.by_login(tx, requests.clean(login).casefold()))
        token = await self._token(found, password, code, client(request))
        if token is None:
            return self._sign_in_page(sent.get("next", ""), WRONG, 403, login=login)
        return self._signed_in(token, links.inside(sent.get("next", "")) or HOME)

    async def _token(self, found: Account | None, password: str, code: str, origin: str) -> str | None:
        kept = found.password if found and found.password else secrets.nobodys()
        async with self._hashing:
            is_right = await asyncio.to_thread(secrets.is_right, password, kept)
        if found is None:
            return None
        now = self._now()
        step = secrets.step_of(code, bytes.fromhex(found.totp), now) if found.totp else None
        proven = kept if is_right else ""
        work = partial(signing_in.sign_in, officer_id=found.id, password=proven, origin=origin, now=now)
        return await self._database.write(lambda tx: work(tx, step=step, recovery=code))

    async def welcome(self, request: Request) -> Response:
        """What is to be chosen; looking doesn't use the link up, as messengers look at links by themselves."""
        found = await self._whose(request)
        return self._begin_page(request, found) if found else self._over()

    async def begin(self, request: Request) -> Response:
        if refused := self._refusal(request):
            return self._page("over.html", "시작하지 못했습니다", *refused[1:], problem=refused[0])
        found, sent = await self._whose(request), await fields(request)
        if found is None:
            return self._over()
        token, password = request.path_params["token"], sent.get("password", "")
        totp = totp_secret(token, self._key())
        step = secrets.step_of(sent.get("code", ""), totp, self._now())
        problem = secrets.fault(password, found.login)
        if not problem and password != sent.get("repeated", ""):
            problem = NOT_THE_SAME
        if problem or step is None:
            return self._begin_page(request, found, problem or NOT_THE_CODE, 422)
        async with self._hashing:
            hashed = await asyncio.to_thread(secrets.hashed, password)
        chosen = partial(signing_in.begin, token=token, password=hashed, totp=totp.hex(), step=step)
        begun = await self._database.write(lambda tx: chosen(tx, origin=client(request), now=self._now()))
        if begun is None:
            return self._over()
        session, codes = begun
        response = self._page("signing/codes.html", "복구 코드", codes=codes)
        cookies.remember(response, session, self._organization.public_url)
        return response

    async def _whose(self, request: Request) -> Account | None:
        token = request.path_params["token"]
        return await self._database.read(lambda tx: accounts.by_link(tx, token, self._now()))

    def _refusal(self, request: Request) -> tuple[str, int, float] | None:
        """Why it isn't even looked at: words, status, and how long to wait."""
        if not is_from_console(request, self._organization.public_url):
            return ELSEWHERE, 403, 0
        wait = self._by_client.take(client(request)) or self._all.take("all")
        return (SLOW_DOWN, 429, wait) if wait else None

    def _key(self) -> bytes:
        return bytes.fromhex(self._database.seal.digest("totp of links"))

    def _signed_in(self, token: str, path: str) -> Response:
        response = RedirectResponse(path, 303)
        cookies.remember(response, token, self._organization.public_url)
        return response

    def _begin_page(self, request: Request, found: Account, problem: str = "", status: int = 200) -> Response:
        totp = totp_secret(request.path_params["token"], self._key())
        address = secrets.address(totp, found.login, f"배움톡 {self._organization.name}")
        drawn, written = qr.drawn(address), secrets.written(totp)
        return self._page(
            "signing/begin.html", "시작하기", status, problem=problem, account=found, qr=drawn, secret=written
        )

    def _over(self) -> Response:
        problem = "이 링크는 이미 쓰였거나 시간이 지났습니다. 팀장에게 새 링크를 부탁해 주세요."
        return self._page("over.html", "열 수 없는 링크입니다", 410, problem=problem)

    def _sign_in_page(
        self, path: str, problem: str = "", status: int = 200, wait: float = 0, *, login: str = "", over: bool = False
    ) -> Response:
        shown = {"problem": problem, "login": requests.clean(login)[:40], "next": links.inside(path), "over": over}
        return self._page("signing/sign_in.html", "로그인", status, wait, **shown)

    def _page(self, template: str, title: str, status: int = 200, wait: float = 0, **data: Any) -> Response:
        return HTMLResponse(self._writer.write(template, title=title, **data), status, retry_after(wait))

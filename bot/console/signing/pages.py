"""The pages before the console: signing in by a code or a passkey, and beginning by a one-time link."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import links
from bot.console.guard import fields
from bot.console.links import HOME
from bot.console.signing import cookies, passkeys, secrets
from bot.console.signing.door import Door
from bot.console.signing.passkeys import Site
from bot.http import requests
from bot.http.headers import shielded
from bot.site import qr
from handlers.staff.officers import keys, signing_in
from handlers.staff.officers.signing_in import totp_secret
from handlers.staff.officers.tries import Begun
from storage.officers import accounts
from storage.officers.accounts import Account

WRONG = (
    "아이디, 비밀번호, 인증번호 가운데 맞지 않는 것이 있습니다. 다섯 번 잇따라 틀리면 15분 동안 로그인할 수 없습니다."
)
NOT_THE_KEY = (
    "아이디, 비밀번호, 패스키 가운데 맞지 않는 것이 있거나 시간이 지났습니다. 인증번호로도 로그인할 수 있습니다."
)
NOT_THE_CODE = "인증번호가 맞지 않습니다. 앱에 지금 보이는 여섯 자리를 적어 주세요. 휴대전화의 시계도 확인해 주세요."
NOT_THE_SAME = "두 번 적은 비밀번호가 서로 다릅니다."
BY_KEY = "key"


class Signing:
    """Their routes."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._database = door.database
        self._organization = door.organization
        self._site = passkeys.site(door.organization)

    def routes(self) -> list[Route]:
        """Without a referrer browsers wouldn't tell whence their forms come; no other site learns a link by it."""
        by_key = [Route("/desk/sign-in/key", shielded(self.sign_in_by_key), methods=["POST"])] if self._site else []
        return [
            Route("/desk/sign-in", shielded(self.ask)),
            Route("/desk/sign-in", shielded(self.sign_in), methods=["POST"]),
            Route("/desk/begin/{token}", shielded(self.welcome)),
            Route("/desk/begin/{token}", shielded(self.begin), methods=["POST"]),
            *by_key,
        ]

    async def ask(self, request: Request) -> Response:
        return self._sign_in_page(request.query_params.get("next", ""), over="over" in request.query_params)

    async def sign_in(self, request: Request) -> Response:
        """One page for all that proves who it is: what was wrong in it isn't told."""
        if refused := self._door.refusal(request):
            return self._sign_in_page("", *refused)
        sent = await fields(request)
        login, password, code = (sent.get(name, "") for name in ("login", "password", "code"))
        found = await self._door.called(login)
        proven = await self._door.proven(found, password)
        if self._site and sent.get("by") == BY_KEY:
            return await self._ask_for_key(self._site, request, found, proven, sent.get("next", ""))
        begun = await self._begun(request, found, proven, code)
        if begun is None:
            return self._sign_in_page(sent.get("next", ""), WRONG, 403, login=login)
        return self._door.let_in(begun, links.inside(sent.get("next", "")) or HOME)

    async def _begun(self, request: Request, found: Account | None, proven: str, code: str) -> Begun | None:
        if found is None:
            return None
        by = self._door.tries(request)
        step = secrets.step_of(code, bytes.fromhex(found.totp), by.now) if found.totp else None
        work = partial(signing_in.sign_in, officer_id=found.id, password=proven, by=by)
        return await self._database.write(lambda tx: work(tx, step=step, recovery=code))

    async def _ask_for_key(
        self, here: Site, request: Request, found: Account | None, proven: str, path: str
    ) -> Response:
        """The same page for everybody: whether the password was right isn't told before a key has signed."""
        by, whose = self._door.tries(request), found.id if found else None
        token, challenge = await self._database.write(lambda tx: keys.ask(tx, whose, proven, by))
        options = passkeys.to_sign(here, challenge)
        response = self._door.page("signing/key.html", "패스키로 로그인", options=options, next=links.inside(path))
        cookies.remember(response, token, self._organization.public_url, cookies.STEP)
        return response

    async def sign_in_by_key(self, request: Request) -> Response:
        if refused := self._door.refusal(request):
            return self._sign_in_page("", *refused)
        assert self._site
        sent = await fields(request)
        answer, token = sent.get("answer", ""), cookies.token(request, self._organization.public_url, cookies.STEP)
        judge, by = partial(passkeys.signed, self._site, answer), self._door.tries(request)
        tried = partial(keys.sign_in, token=token, credential=passkeys.named(answer), judge=judge, by=by)
        begun = await self._database.write(tried)
        if begun is None:
            return self._sign_in_page(sent.get("next", ""), NOT_THE_KEY, 403)
        return self._door.let_in(begun, links.inside(sent.get("next", "")) or HOME)

    async def welcome(self, request: Request) -> Response:
        """What is to be chosen; looking doesn't use the link up, as messengers look at links by themselves."""
        found = await self._whose(request)
        return self._begin_page(request, found) if found else self._over()

    async def begin(self, request: Request) -> Response:
        if refused := self._door.refusal(request):
            return self._door.page("over.html", "시작하지 못했습니다", *refused[1:], problem=refused[0])
        found, sent = await self._whose(request), await fields(request)
        if found is None:
            return self._over()
        token, password = request.path_params["token"], sent.get("password", "")
        totp, by = totp_secret(token, self._key()), self._door.tries(request)
        step = secrets.step_of(sent.get("code", ""), totp, by.now)
        problem = secrets.fault(password, found.login)
        if not problem and password != sent.get("repeated", ""):
            problem = NOT_THE_SAME
        if problem or step is None:
            return self._begin_page(request, found, problem or NOT_THE_CODE, 422)
        hashed = await self._door.hashed(password)
        chosen = partial(signing_in.begin, token=token, password=hashed, totp=totp.hex(), step=step, by=by)
        begun = await self._database.write(chosen)
        if begun is None:
            return self._over()
        return self._door.known(self._door.page("signing/codes.html", "복구 코드", codes=begun[1]), begun[0])

    async def _whose(self, request: Request) -> Account | None:
        token = request.path_params["token"]
        return await self._database.read(lambda tx: accounts.by_link(tx, token, self._door.now()))

    def _key(self) -> bytes:
        return bytes.fromhex(self._database.seal.digest("totp of links"))

    def _begin_page(self, request: Request, found: Account, problem: str = "", status: int = 200) -> Response:
        totp = totp_secret(request.path_params["token"], self._key())
        address = secrets.address(totp, found.login, f"배움톡 {self._organization.name}")
        drawn, written = qr.drawn(address), secrets.written(totp)
        return self._door.page(
            "signing/begin.html", "시작하기", status, problem=problem, account=found, qr=drawn, secret=written
        )

    def _over(self) -> Response:
        problem = "이 링크는 이미 쓰였거나 시간이 지났습니다. 팀장에게 새 링크를 부탁해 주세요."
        return self._door.page("over.html", "열 수 없는 링크입니다", 410, problem=problem)

    def _sign_in_page(
        self, path: str, problem: str = "", status: int = 200, wait: float = 0, *, login: str = "", over: bool = False
    ) -> Response:
        shown = {"problem": problem, "login": requests.clean(login)[:40], "next": links.inside(path), "over": over}
        by_key = self._site is not None
        return self._door.page("signing/sign_in.html", "로그인", status, wait, by_key=by_key, **shown)

"""The console: every page behind a session, a right and, where it is of a course, this very course."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.console.ask import Ask, Page
from bot.console.guard import fields, form, is_from_console
from bot.console.pages import PAGES
from bot.console.signing import cookies
from bot.console.signing.door import ELSEWHERE, Door
from bot.console.signing.pages import Signing
from bot.console.writing import Writer
from bot.desk import Gate
from bot.http.headers import shielded
from bot.http.requests import TooLarge, clean, client
from handlers.dialogue.organization import Organization
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.officers import signing_in
from handlers.staff.officers.signing_in import Known
from storage.audit.journal import Officer
from storage.database import Database, Transaction
from storage.officers import sessions
from storage.people.finding.searching import Index

log = logging.getLogger(__name__)

COUNTER = "/desk/counter"
NO_RIGHT = "이 화면을 볼 권한이 없습니다. 필요하면 팀장에게 말씀해 주세요."
NOTHING_HERE = "이런 화면이 없습니다. 주소가 바뀌었거나 볼 수 없는 강좌입니다."
TOO_LARGE = "보낸 것이 너무 커서 받지 않았습니다. 파일이면 나누어 올려 주세요."


class Console:
    """Its routes."""

    def __init__(
        self,
        database: Database,
        organization: Organization,
        now: Callable[[], datetime],
        faults: Callable[[], Sequence[str]] = list,
        protects: bool = False,
    ) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._faults = faults
        self._protects = protects
        self._index = Index()
        self._pages = PAGES
        self._writer = Writer(organization, [f"/desk{page.path}" for page in self._pages])

    def routes(self) -> list[Route]:
        signing = Signing(Door(self._database, self._organization, self._now, self._writer))
        own = [
            Route("/desk/sign-out", shielded(self.sign_out), methods=["POST"]),
            Route("/desk", shielded(_home)),
        ]
        return [*signing.routes(), *own, *(route for page in self._pages for route in self._routes_of(page))]

    async def get_ready(self) -> None:
        """Read who there is, lest the first who looks for somebody waits for it."""
        await self._database.read(lambda tx: self._index.find(tx, "", 0))

    def _routes_of(self, page: Page) -> list[Route]:
        """Looking by GET, doing by POST."""
        methods = [method for method, endpoint in (("GET", page.look), ("POST", page.do)) if endpoint]
        guarded = shielded(partial(self._answer, page))
        return [Route(f"/desk{page.path}", guarded, methods=methods)]

    async def _answer(self, page: Page, request: Request) -> Response:
        method = "POST" if request.method == "POST" else "GET"
        if method == "POST" and not is_from_console(request, self._organization.public_url):
            return self._stopped("받지 않았습니다", ELSEWHERE, 403)
        known, course_id = await self._database.read(partial(self._who, request))
        if known is None:
            return self._to_sign_in(request)
        if known.session.is_at_counter and not page.of_counter:
            return RedirectResponse(COUNTER, 303)
        if not known.may(page.right(method)):
            return self._stopped("볼 수 없습니다", NO_RIGHT, 403, known=known)
        if "code" in request.path_params and (course_id is None or not known.may(page.right(method), course_id)):
            return self._stopped("없는 화면입니다", NOTHING_HERE, 404, known=known)
        if not page.is_asked_by_itself:
            await self._see(known)
        try:
            return await self._answered(page, method, request, known, course_id)
        except TooLarge:
            return self._stopped("너무 큽니다", TOO_LARGE, 413, known=known)

    async def _answered(
        self, page: Page, method: str, request: Request, known: Known, course_id: int | None
    ) -> Response:
        sent = {"sent": await form(request, page.limit)} if method == "POST" else {}
        officer = Officer(known.name, client(request))
        gate = Gate(self._database, self._organization, officer, self._now)
        ask = Ask(
            request,
            known,
            gate,
            self._database,
            self._organization,
            self._writer,
            self._index,
            course_id,
            faults=self._faults,
            protects=self._protects,
            **sent,
        )
        endpoint = page.do if method == "POST" else page.look
        assert endpoint
        try:
            return await endpoint(ask)
        except Declined as declined:
            return ask.page("declined.html", "하지 못했습니다", 422, declined=declined, back=ask.back())
        finally:
            await ask.sent.close()  # files that were sent

    def _who(self, request: Request, tx: Transaction) -> tuple[Known | None, int | None]:
        """Who asks, and of which course, if there is one."""
        now = self._now()
        today = now.astimezone(self._organization.timezone).date()
        token = cookies.token(request, self._organization.public_url)
        known = signing_in.known(tx, token, now, today) if token else None
        if known is None or "code" not in request.path_params:
            return known, None
        return known, lookup.course_id(tx, clean(request.path_params["code"]))

    async def _see(self, known: Known) -> None:
        now = self._now()
        if known.session.is_to_be_seen(now):
            await self._database.write(lambda tx: sessions.see(tx, known.session.id, now))

    async def sign_out(self, request: Request) -> Response:
        """Here, or wherever they are signed in."""
        if not is_from_console(request, self._organization.public_url):
            return self._stopped("받지 않았습니다", ELSEWHERE, 403)
        everywhere = "everywhere" in await fields(request)
        known, _ = await self._database.read(partial(self._who, request))
        if known:
            end = partial(sessions.end_all, officer_id=known.account.id)
            one = partial(sessions.end, session_id=known.session.id)
            await self._database.write(lambda tx: end(tx) if everywhere else one(tx))
        response = RedirectResponse("/desk/sign-in", 303)
        cookies.forget(response, self._organization.public_url)
        return response

    def _to_sign_in(self, request: Request) -> Response:
        """And back to the page that was asked for; what was sent isn't kept, as nobody knows whose it is."""
        asked = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        after = "" if request.method == "POST" else f"next={quote(asked, safe='')}"
        over = "over=1" if cookies.token(request, self._organization.public_url) else ""
        return RedirectResponse(f"/desk/sign-in?{'&'.join(filter(None, (after, over)))}".rstrip("?"), 303)

    def _stopped(self, title: str, problem: str, status: int, known: Known | None = None) -> Response:
        log.info("console refused status=%s", status)
        page = self._writer.write("over.html", title=title, problem=problem, is_signed_in=known is not None)
        return HTMLResponse(page, status)


async def _home(_request: Request) -> Response:
    return RedirectResponse("/desk/", 308)

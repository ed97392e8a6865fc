"""The console of the demo, where a made-up officer is signed in by a link; a deployed service has neither."""

import secrets
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console.links import HOME
from bot.console.signing import cookies
from handlers.staff.officers.signing_in import TOTP_BYTES
from storage.database import Database, Transaction
from storage.officers import accounts, sessions

PATH = "/desk/demo"
LOGIN, NAME = "demo", "박담당"
UNUSABLE = "-"  # the hash of none


class Shown:
    """Its route."""

    def __init__(self, database: Database, public_url: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._public_url = public_url
        self._now = now

    def routes(self) -> list[Route]:
        return [Route(PATH, self.sign_in)]

    async def sign_in(self, _request: Request) -> Response:
        token = await self._database.write(self._begun)
        response = RedirectResponse(HOME, 303)
        cookies.remember(response, token, self._public_url)
        return response

    def _begun(self, tx: Transaction) -> str:
        officer_id = accounts.add(tx, LOGIN, NAME, "lead", self._now())
        if officer_id:
            accounts.begin(tx, officer_id, UNUSABLE, secrets.token_hex(TOTP_BYTES), 0, ())
        found = accounts.by_login(tx, LOGIN)
        assert found
        return sessions.begin(tx, found.id, self._now())

"""The page that confirms a certificate: what is printed on it, with the name masked, and whether it is valid.

Numbers follow one another, so whoever has no code of a document may look only now and then.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.http import problems
from bot.http.headers import retry_after, unlinked
from bot.http.limits import Rates
from bot.http.pages import Pages
from bot.http.requests import client, language
from handlers.dialogue.organization import Organization
from handlers.language.days import dates
from handlers.language.names import mask_name
from handlers.residents.completed.printed import Facts
from storage.completion import certificates
from storage.completion.certificates import COMPLETION_UNDONE, Certificate
from storage.database import Database

NUMBER = re.compile(r"[0-9]{4}-[0-9]{6}")
LONGEST_CODE = 64
WITH_CODE = (60, 60)  # a minute, and at once: an employer who has a pile of them before them
WITHOUT = (3, 10)  # somebody who types the number, and mistypes it


@dataclass(frozen=True)
class Confirmed:
    """What the page tells of a number; `code` is whether that of the document was right, None where none was told."""

    number: str
    certificate: Certificate | None
    code: bool | None

    @property
    def facts(self) -> Facts | None:
        return Facts.from_json(self.certificate.facts) if self.certificate else None

    @property
    def name(self) -> str:
        """Masked; "" where it isn't kept any more."""
        return mask_name(self.certificate.name) if self.certificate and self.certificate.name else ""

    @property
    def verdict(self) -> str:
        """The key of its words."""
        if self.certificate is None:
            return "unknown"
        if self.certificate.is_valid:
            return "valid"
        return "revoked_replaced" if self.certificate.replaced_by else "revoked"

    @property
    def is_completion_undone(self) -> bool:
        """The only reason that is told: what officers write may be personal."""
        return self.certificate is not None and self.certificate.revoke_reason == COMPLETION_UNDONE


class Verifying:
    """Its route."""

    def __init__(
        self,
        database: Database,
        organization: Organization,
        now: Callable[[], datetime],
        with_code: Rates | None = None,
        without: Rates | None = None,
    ) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._pages = Pages(organization)
        self._with_code = with_code or Rates(*WITH_CODE)
        self._without = without or Rates(*WITHOUT)

    def routes(self) -> list[Route]:
        return [Route("/v/{number}", unlinked(self.confirm))]

    async def confirm(self, request: Request) -> Response:
        """A wrong code counts as none, so that trying codes helps nobody to look faster."""
        number, code = request.path_params["number"], request.query_params.get("c", "")[:LONGEST_CODE]
        here = client(request)
        if wait := self._with_code.take(here):
            return self._too_fast(request, wait)
        confirmed = await self._find(number, code)
        if not confirmed.code and (wait := self._without.take(here)):
            return self._too_fast(request, wait)
        speaks = language(request, self._organization.language)
        status = 200 if confirmed.certificate else 404
        return HTMLResponse(self._page(speaks, confirmed=confirmed, when=self._when(confirmed, speaks)), status)

    async def _find(self, number: str, code: str) -> Confirmed:
        is_one = NUMBER.fullmatch(number) is not None
        found = await self._database.read(lambda tx: certificates.find(tx, number)) if is_one else None
        is_right = secrets.compare_digest(found.code.encode(), code.encode()) if found and code else None
        return Confirmed(number if is_one else "", found, is_right)

    def _when(self, confirmed: Confirmed, speaks: str) -> str:
        """The day on which it was revoked, in words."""
        found, zone = confirmed.certificate, self._organization.timezone
        if found is None or found.revoked_at is None:
            return ""
        today = self._now().astimezone(zone).date()
        return dates.day(found.revoked_at.astimezone(zone).date(), speaks, today=today)

    def _too_fast(self, request: Request, wait: float) -> Response:
        page = self._page(language(request, self._organization.language), confirmed=None, when="")
        return HTMLResponse(page, problems.too_fast(wait).status, retry_after(wait))

    def _page(self, speaks: str, confirmed: Confirmed | None, when: str) -> str:
        return self._pages.write("certificate.html", speaks, confirmed=confirmed, when=when)

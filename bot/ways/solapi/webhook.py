"""Where the dealer tells of results by itself. It tells again, five times in all, until it hears that we have them."""

import hashlib
import hmac
import json
import logging

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.http import requests
from bot.ways.solapi import reports
from bot.ways.solapi.client import objects
from bot.ways.solapi.reports import Reporting

log = logging.getLogger(__name__)

PATH = "/alimtalk/results"
SINGLE = "SINGLE-REPORT"
LONGEST = 1_000_000  # bytes


class Webhook:
    def __init__(self, secret: SecretStr, reporting: Reporting) -> None:
        self._secret = secret.get_secret_value()
        self._reporting = reporting

    def routes(self) -> list[Route]:
        return [Route(PATH, self.receive, methods=["POST"])]

    async def receive(self, request: Request) -> Response:
        """The secret is compared before anything of the body is read."""
        if not self._is_known(request.headers.get("x-solapi-secret", "")):
            log.warning("results of AlimTalk with a wrong secret")
            return PlainTextResponse("unauthorized", 401)
        if request.headers.get("x-solapi-event-name", SINGLE).strip().upper() != SINGLE:
            return PlainTextResponse("ok")  # it tells of groups too, where nothing stands that we don't hear otherwise
        try:
            told = json.loads(await requests.body(request, LONGEST))
        except requests.TooLarge:
            return PlainTextResponse("too large", 413)
        except (ValueError, RecursionError):
            return PlainTextResponse("unreadable", 400)
        await self._reporting.take([reports.read(each) for each in objects([told] if isinstance(told, dict) else told)])
        return PlainTextResponse("ok")

    def _is_known(self, given: str) -> bool:
        """The dealer's own example compares the secret itself; what is sent is told to be its SHA-1, in hex."""
        is_secret = _is_same(given, self._secret)
        return _is_same(given.lower(), hashlib.sha1(self._secret.encode()).hexdigest()) or is_secret  # noqa: S324


def _is_same(given: str, expected: str) -> bool:
    """Takes the same time wherever they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())

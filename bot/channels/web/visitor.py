"""Who is visiting: the session cookie, the address made of it, and proof that a form came from our own page."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.http.requests import is_from_here
from storage.keys.sealing import Seal

NAME = "baeumtok"
OWN_NAME = f"__Host-{NAME}"  # which browsers take from this very host alone, over https
DAYS = 90

_ISSUED = re.compile(r"(?P<secret>[A-Za-z0-9_-]{43,44})\.(?P<proof>[0-9a-f]{64})")
_UNSIGNED = re.compile(r"[A-Za-z0-9_-]{43}")  # as long as those were; a secret of today has one sign more
_BYTES = 33


@dataclass(frozen=True)
class Visitor:
    """Holds the secret of a session; the database only ever knows `address`, from which it can't be had."""

    secret: str

    @property
    def address(self) -> str:
        return hashlib.sha256(self.secret.encode()).hexdigest()

    @property
    def token(self) -> str:
        """Goes into every form: other sites can't know it."""
        return hmac.new(self.secret.encode(), b"form", hashlib.sha256).hexdigest()


def new() -> Visitor:
    return Visitor(secrets.token_urlsafe(_BYTES))


class Visitors:
    """Gives out session cookies, and takes none that it didn't give out."""

    def __init__(self, seal: Seal, public_url: str) -> None:
        self._seal = seal
        self._public_url = public_url
        self._is_secure = public_url.startswith("https://")
        self.cookie = OWN_NAME if self._is_secure else NAME

    def known(self, request: Request) -> Visitor | None:
        found = _ISSUED.fullmatch(request.cookies.get(self.cookie, ""))
        if not found or not hmac.compare_digest(found["proof"], self._proof(found["secret"])):
            return None
        return Visitor(found["secret"])

    def unsigned(self, request: Request) -> Visitor | None:
        """From a cookie as it was before there were signed ones: taken only where something was said with it."""
        secret = request.cookies.get(NAME, "")
        return Visitor(secret) if _UNSIGNED.fullmatch(secret) else None

    def issued(self, visitor: Visitor) -> str:
        return f"{visitor.secret}.{self._proof(visitor.secret)}"

    def remember(self, request: Request, response: Response, visitor: Visitor) -> None:
        response.set_cookie(self.cookie, self.issued(visitor), max_age=DAYS * 24 * 3600, **self._kept())
        if self._is_secure and NAME in request.cookies:
            response.delete_cookie(NAME)

    def forget(self, response: Response) -> None:
        response.delete_cookie(self.cookie, **self._kept())

    def is_genuine(self, request: Request, visitor: Visitor, token: str) -> bool:
        """Whether a form was sent by this visitor from our own page."""
        is_theirs = hmac.compare_digest(visitor.token.encode(), token.encode())
        return is_theirs and is_from_here(request, self._public_url)

    def _kept(self) -> dict[str, Any]:
        return {"path": "/", "secure": self._is_secure, "httponly": True, "samesite": "lax"}

    def _proof(self, secret: str) -> str:
        return self._seal.digest("visitor", secret)

"""Who is visiting: the session cookie, the address made of it, and proof that a form came from our own page."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.http.requests import is_from_here

COOKIE = "baeumtok"
DAYS = 90

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits


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


def known(request: Request) -> Visitor | None:
    secret = request.cookies.get(COOKIE, "")
    return Visitor(secret) if _SECRET.fullmatch(secret) else None


def new() -> Visitor:
    return Visitor(secrets.token_urlsafe(32))


def remember(response: Response, visitor: Visitor, public_url: str) -> None:
    response.set_cookie(
        COOKIE,
        visitor.secret,
        max_age=DAYS * 24 * 3600,
        path="/",
        secure=public_url.startswith("https://"),
        httponly=True,
        samesite="lax",
    )


def is_genuine(request: Request, token: str, public_url: str) -> bool:
    """Whether a form was sent by this visitor from our own page."""
    visitor = known(request)
    if visitor is None or not hmac.compare_digest(visitor.token.encode(), token.encode()):
        return False
    return is_from_here(request, public_url)

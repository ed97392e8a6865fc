"""What the browser of who is signed in keeps: a cookie of ours alone, until the browser is closed."""

from starlette.requests import Request
from starlette.responses import Response


def name(public_url: str) -> str:
    """With the prefix no other host, and no page over plain HTTP, can have set it."""
    return "__Host-desk" if public_url.startswith("https://") else "desk"


def token(request: Request, public_url: str) -> str:
    return request.cookies.get(name(public_url), "")


def remember(response: Response, kept: str, public_url: str) -> None:
    secure = public_url.startswith("https://")
    response.set_cookie(name(public_url), kept, path="/", secure=secure, httponly=True, samesite="lax")


def forget(response: Response, public_url: str) -> None:
    secure = public_url.startswith("https://")
    response.delete_cookie(name(public_url), path="/", secure=secure, httponly=True, samesite="lax")

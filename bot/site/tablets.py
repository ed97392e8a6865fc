"""What an allowed tablet keeps: a cookie of ours alone, that no other site's page sends."""

from starlette.requests import Request
from starlette.responses import Response

DAYS = 400  # as long as browsers keep any


def cookie(public_url: str) -> str:
    """With the prefix no other host, and no page over plain HTTP, can have set it."""
    return "__Host-kiosk" if public_url.startswith("https://") else "kiosk"


def secret(request: Request, public_url: str) -> str:
    return request.cookies.get(cookie(public_url), "")


def remember(response: Response, kept: str, public_url: str) -> None:
    response.set_cookie(
        cookie(public_url),
        kept,
        max_age=DAYS * 24 * 3600,
        path="/",
        secure=public_url.startswith("https://"),
        httponly=True,
        samesite="strict",
    )

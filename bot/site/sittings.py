"""Who has opened the link to a form: a cookie of ours alone, for as long as filling it in may take."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from handlers.dialogue.forms import own_page

PATH = "/page"


def cookie(public_url: str) -> str:
    """With the prefix no other host, and no page over plain HTTP, can have set it."""
    return "__Host-page" if public_url.startswith("https://") else "page"


def secret(request: Request, public_url: str) -> str:
    return request.cookies.get(cookie(public_url), "")


def begin(kept: str, public_url: str) -> Response:
    """The way to the form, whose address holds no secret."""
    response = RedirectResponse(PATH, 303)
    is_secure = public_url.startswith("https://")
    lasts = int(own_page.SITS.total_seconds())
    response.set_cookie(
        cookie(public_url), kept, max_age=lasts, path="/", secure=is_secure, httponly=True, samesite="lax"
    )
    return response

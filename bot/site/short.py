"""Short addresses for posters: /c12 and /c12/centre lead to a course, /from/centre to the chat."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from bot.http.headers import shielded

_CODE = re.compile(r"[A-Za-z0-9-]{1,40}")


def routes() -> list[Route]:
    paths = ("/c{course:int}", "/c{course:int}/{code}", "/from/{code}")
    return [Route(path, shielded(_lead)) for path in paths]


async def _lead(request: Request) -> RedirectResponse:
    """What isn't a code is left away: somebody typed it."""
    course, code = request.path_params.get("course"), request.path_params.get("code", "")
    parts = [f"c{course}" if course else "", f"from-{code}" if _CODE.fullmatch(code) else ""]
    start = "-".join(filter(None, parts))
    return RedirectResponse(f"/?start={quote(start)}" if start else "/", 302)

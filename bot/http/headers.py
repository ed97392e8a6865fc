"""Headers: what all of our pages are sent with, and what tells a client how to take an answer."""

import math
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

SHIELD = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers send "Origin: null" with our own forms
    "Cache-Control": "no-store",
}

SEALED = {"Strict-Transport-Security": "max-age=31536000"}  # where everything is https
SHIELD_WITH_PICTURES = {
    **SHIELD,
    "Content-Security-Policy": SHIELD["Content-Security-Policy"].replace("img-src 'self'", "img-src 'self' https:"),
}
"""For pages that show pictures from elsewhere."""
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
UNLINKED = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
UNBUFFERED = {"X-Accel-Buffering": "no"}  # by proxies, which would keep a stream until it is full

Endpoint = Callable[[Request], Awaitable[Response]]


def shielded(endpoint: Endpoint) -> Endpoint:
    async def shielded_endpoint(request: Request) -> Response:
        response = await endpoint(request)
        for name, value in SHIELD.items():
            response.headers.setdefault(name, value)
        return response

    return shielded_endpoint


def unlinked(endpoint: Endpoint) -> Endpoint:
    """For pages whose address is a secret: no other page learns it, and nobody lists it."""

    async def unlinked_endpoint(request: Request) -> Response:
        response = await endpoint(request)
        response.headers.update(UNLINKED)
        return response

    return shielded(unlinked_endpoint)


def retry_after(seconds: float) -> dict[str, str]:
    """When it may be tried again; nothing for what needs no waiting."""
    return {"Retry-After": str(math.ceil(seconds))} if seconds else {}


def attachment(name: str) -> dict[str, str]:
    """For a file to keep, under its name, and for nobody else."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}

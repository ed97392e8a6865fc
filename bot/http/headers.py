"""What all of our pages are sent with."""

from collections.abc import Awaitable, Callable

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

Endpoint = Callable[[Request], Awaitable[Response]]


def shielded(endpoint: Endpoint) -> Endpoint:
    async def shielded_endpoint(request: Request) -> Response:
        response = await endpoint(request)
        for name, value in SHIELD.items():
            response.headers.setdefault(name, value)
        return response

    return shielded_endpoint

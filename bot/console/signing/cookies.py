"""What the browsers of officers keep: cookies of ours alone, which no script reads.

The session's and the step's go when the browser is closed; by the device's it is known the next time.
"""

from datetime import timedelta
from typing import Final, Literal

from starlette.requests import Request
from starlette.responses import Response

from storage.officers import devices

STEP: Final = "-step"  # of who has typed a password, and not yet used a key
DEVICE: Final = "-device"
Kind = Literal["", "-step", "-device"]
LASTING: dict[str, timedelta] = {DEVICE: devices.KEPT}


def name(public_url: str, kind: Kind = "") -> str:
    """With the prefix no other host, and no page over plain HTTP, can have set it."""
    return f"{'__Host-' if _is_secure(public_url) else ''}desk{kind}"


def token(request: Request, public_url: str, kind: Kind = "") -> str:
    return request.cookies.get(name(public_url, kind), "")


def remember(response: Response, kept: str, public_url: str, kind: Kind = "") -> None:
    """Only the session's is sent along when a link of another site is followed."""
    lasts = LASTING.get(kind)
    response.set_cookie(
        name(public_url, kind),
        kept,
        max_age=int(lasts.total_seconds()) if lasts else None,
        path="/",
        secure=_is_secure(public_url),
        httponly=True,
        samesite="strict" if kind else "lax",
    )


def forget(response: Response, public_url: str, kind: Kind = "") -> None:
    samesite: Literal["strict", "lax"] = "strict" if kind else "lax"
    secure = _is_secure(public_url)
    response.delete_cookie(name(public_url, kind), path="/", secure=secure, httponly=True, samesite=samesite)


def _is_secure(public_url: str) -> bool:
    return public_url.startswith("https://")

"""Who may: each request is let through to its page by session, origin, right and course, or told why not."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from bot.http import requests
from bot.http.requests import is_from_here

MOST_FIELDS = 2000
MOST_FILES = 4


def is_from_console(request: Request, public_url: str) -> bool:
    """Whether a form was sent from a page of ours: every browser of today says where it comes from."""
    tells = "origin" in request.headers or "sec-fetch-site" in request.headers
    return tells and is_from_here(request, public_url)


async def form(request: Request, limit: int, files: int = MOST_FILES) -> FormData:
    """What was sent, of at most so many bytes and files. Raises TooLarge; whoever takes files closes them."""
    if int(request.headers.get("content-length") or 0) > limit:
        raise requests.TooLarge
    held = await requests.body(request, limit)

    async def received() -> Message:
        return {"type": "http.request", "body": held, "more_body": False}

    again = Request(request.scope, received)
    try:
        return await again.form(max_files=files, max_fields=MOST_FIELDS, max_part_size=limit)
    except UnicodeError as error:  # written in letters that are none
        raise HTTPException(400) from error


async def fields(request: Request) -> dict[str, str]:
    """Of forms of a few words, as they were typed: a password isn't cleaned."""
    try:
        sent = await form(request, requests.LONGEST_BODY, files=0)
    except requests.TooLarge as error:
        raise HTTPException(413) from error
    return {name: value for name, value in sent.items() if isinstance(value, str)}

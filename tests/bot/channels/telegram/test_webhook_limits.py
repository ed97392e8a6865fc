"""How much the webhook reads, whatever its headers say."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette

from bot.channels.telegram import receiving

SECRET = "a-secret-of-the-webhook"
PIECE = b"x" * 65536
PIECES = receiving.BODY_LIMIT // len(PIECE) + 1


class Taking:
    """Takes nothing, and remembers that something came."""

    def __init__(self) -> None:
        self.took: list[Any] = []

    async def take(self, updates: Any) -> None:
        self.took += updates


async def status(taking: Taking, pieces: AsyncIterator[bytes], *headers: tuple[bytes, bytes]) -> int:
    """What is answered to a body in pieces."""
    app = Starlette(routes=[receiving.webhook(taking, SECRET)])
    sent: list[dict[str, Any]] = []
    known = (b"x-telegram-bot-api-secret-token", SECRET.encode())
    place = {"type": "http", "method": "POST", "path": "/telegram", "query_string": b"", "headers": [known, *headers]}

    async def receive() -> dict[str, Any]:
        piece = await anext(pieces, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(part: Any) -> None:
        sent.append(part)

    await app(place, receive, send)
    return sent[0]["status"]


async def pieces(count: int, read: list[int]) -> AsyncIterator[bytes]:
    for number in range(count):
        read.append(number)
        yield PIECE


@pytest.mark.parametrize("length", [None, b"2", b"0", b"many"], ids=["none", "small", "zero", "no number"])
async def test_a_body_is_counted_whatever_length_it_claims(length):
    taking, read = Taking(), []
    headers = [(b"content-length", length)] if length else []
    assert await status(taking, pieces(PIECES * 10, read), *headers) == 200
    assert (taking.took, len(read)) == ([], PIECES)

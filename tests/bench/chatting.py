"""One word through the web chat beside what it costs in Answering, after many others or none."""

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count, cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette

import handlers.residents  # noqa: F401
from bot.channels.web import visitor
from bot.channels.web.service import WebChat
from bot.channels.web.visitor import Visitor
from bot.http.limits import Rates
from bot.messages.answering import Answering
from bot.messages.incoming import Incoming
from bot.settings import Settings
from handlers.dialogue.conversation import Said
from handlers.dialogue.reply import to_json
from storage.database import Transaction
from storage.tables import inbox
from tests.bench.figures import Figure, Size, ratio
from tests.bench.measuring import on_sqlite
from tests.support.domain import COURSE, add_course

COURSES, HISTORIES = 12, (0, 50, 500)
ROUNDS: dict[Size, int] = {"quick": 3, "usual": 9, "long": 25}
WORDS = 40  # a round
SPOKEN = ("바리스타", "강좌", "도움말", "문의", "꽃", "메뉴")
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)

_numbers = count(1)


@dataclass
class Chat:
    """Somebody in the web chat, who has said so much already; `after` is the newest message on the page."""

    app: Starlette
    answering: Answering
    who: Visitor
    after: int = 0

    async def says(self, text: str) -> None:
        """As the script of the page sends it."""
        key = f"{next(_numbers):032}"
        fields = {"token": self.who.token, "key": key, "text": text, "path": "", "language": "ko", "after": self.after}
        visitors = visitor.Visitors(self.answering.database.seal, self.answering.organization.public_url)
        issued = visitors.issued(self.who)
        answer = await post(self.app, "/say", f"{visitor.NAME}={issued}", urlencode(fields).encode())
        self.after = answer["id"]

    async def is_answered(self, text: str) -> None:
        """Stored, answered and settled, as it is for a channel that stores before it confirms."""
        said = Said(text=text)
        body = {"text": text, "path": "", "label": ""}
        message = Incoming("web", f"{next(_numbers)}", self.who.address, said, body)
        await self.answering.store([message])
        await self.answering.settle(message, await self.answering.answer(message))


async def measure(folder: Path, size: Size) -> AsyncIterator[Figure]:
    async with on_sqlite(folder) as database:
        for number in range(COURSES):
            await database.write(lambda tx, number=number: add_course(tx, {**COURSE, "code": f"C{number}"}))
        answering = Answering(database, Settings().to_organization(), lambda: NOW)
        app = Starlette(routes=WebChat(answering, unlimited(), unlimited()).routes())
        took = await _alternating(app, answering, ROUNDS[size])
    for history in HISTORIES:
        bare, through = took["in Answering", history], took["in the web chat", history]
        yield ratio(f"the web chat's message / Answering, after {history} others", through, bare, at_most=2)
        yield Figure(f"the web chat's message, after {history} others", tuple(through), "ms")


async def _alternating(app: Starlette, answering: Answering, rounds: int) -> dict[tuple[str, int], list[float]]:
    """Each round says everything once in each way, so that whatever else the machine does is shared."""
    took: dict[tuple[str, int], list[float]] = {}
    for _ in range(rounds):
        for history in HISTORIES:
            for name, say in (("in Answering", Chat.is_answered), ("in the web chat", Chat.says)):
                chats = await _chats(app, answering, history)
                took.setdefault((name, history), []).append(await _timed(chats, say))
    return took


async def _chats(app: Starlette, answering: Answering, history: int) -> Sequence[Chat]:
    """Where nothing was said before each word needs a chat of its own."""
    chats = [Chat(app, answering, visitor.new()) for _ in range(1 if history else WORDS)]
    for chat in chats if history else ():
        shown = await answering.preview("web", chat.who.address, "courses")
        await answering.database.write(partial(_heard, chat.who.address, history, to_json(shown)))
        await chat.says(SPOKEN[0])
    return chats


def _heard(address: str, number: int, reply: Any, tx: Transaction) -> None:
    """So many messages, each with a list of courses for its reply."""
    told = {"channel": "web", "address": address, "body": {"text": "강좌"}, "received_at": NOW, "settled_at": NOW}
    rows = [{**told, "key": f"before-{next(_numbers)}", "reply": reply} for _ in range(number)]
    tx.execute(inbox.insert(), rows)


async def _timed(chats: Sequence[Chat], say: Callable[[Chat, str], Awaitable[None]]) -> float:
    """Milliseconds a word."""
    began = time.perf_counter()
    for chat, text, _ in zip(cycle(chats), cycle(SPOKEN), range(WORDS), strict=False):
        await say(chat, text)
    return (time.perf_counter() - began) / WORDS * 1000


async def post(app: Starlette, path: str, cookie: str, body: bytes) -> Any:
    """What the application answers; no client and no server takes part."""
    headers = [(b"host", b"127.0.0.1:8080"), (b"cookie", cookie.encode()), (b"accept", b"application/json")]
    place = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers, "client": None}
    answered: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(part: Any) -> None:
        answered.append(part)

    await app(place, receive, send)
    assert answered[0]["status"] == 200, answered
    return json.loads(b"".join(part.get("body", b"") for part in answered))


def unlimited() -> Rates:
    return Rates(per_minute=1e9, burst=10**9)

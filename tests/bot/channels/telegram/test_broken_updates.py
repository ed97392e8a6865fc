"""Updates that no Telegram sends: each is taken or refused for good, once, and stops nobody, by both ways."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select
from starlette.applications import Starlette
from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram import receiving
from bot.channels.telegram.http import AiohttpRequest
from bot.channels.telegram.receiving import Poller, TelegramIn, webhook
from bot.messages.answering import Answering
from bot.messages.inflow import Inflow
from storage.tables import inbox
from tests.support.domain import School
from tests.support.waiting import until

# The library would rather have its own method called; the service says no to that, and so do its tests.
pytestmark = [pytest.mark.on_sqlite, pytest.mark.filterwarnings("ignore:Please use 'Bot")]

SECRET = "a-secret-of-the-webhook"
HEADERS = {"x-telegram-bot-api-secret-token": SECRET}
HIDDEN = "비밀"  # what must not be read in a log
CHAT = {"id": 7, "type": "private"}
SENDER = {"id": 7, "is_bot": False, "first_name": HIDDEN}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": SENDER, "text": HIDDEN}
TAP = {"id": "9", "from": SENDER, "message": MESSAGE, "data": "menu"}
LEFT = {"chat": CHAT, "from": SENDER, "date": 1, "new_chat_member": {"user": SENDER, "status": "kicked"}}
DEEP = "[" * 3000 + "]" * 3000


def said(update_id: Any = 5, **changed: Any) -> str:
    return json.dumps({"update_id": update_id, "message": {**MESSAGE, **changed}})


def tapped(**changed: Any) -> str:
    return json.dumps({"update_id": 5, "callback_query": {**TAP, **changed}})


def left(**changed: Any) -> str:
    return json.dumps({"update_id": 5, "my_chat_member": {**LEFT, **changed}})


REFUSED = {
    "no id": json.dumps({"message": MESSAGE}),
    **{f"id {name}": said(each) for name, each in {
        "null": None, "float": 5.5, "whole float": 5.0, "text": "5", "empty text": "", "true": True, "list": [5],
        "object": {"id": 5}, "zero": 0, "negative": -5, "above all": 2**31, "huge": 10**30,
    }.items()},
    "id endless": said().replace('"update_id": 5', f'"update_id": {"9" * 5000}'),
    "id not a number": said().replace('"update_id": 5', '"update_id": NaN'),
    "a list": "[]", "a list of updates": f"[{said()}]", "a number": "7", "null": "null", "a text": f'"{HIDDEN}"',
    "true": "true", "empty": "{}",
    "message a list": json.dumps({"update_id": 5, "message": [MESSAGE]}),
    "message a text": json.dumps({"update_id": 5, "message": "from chat"}),
    "message null": json.dumps({"update_id": 5, "message": None}),
    "chat missing": said().replace('"chat"', f'"{HIDDEN}"'),
    "chat a number": said(chat=7),
    "chat a text": said(chat="id type"),
    "chat id a text": said(chat={"id": HIDDEN, "type": "private"}),
    "chat id a float": said(chat={"id": 7.5, "type": "private"}),
    "chat id huge": said(chat={"id": 10**30, "type": "private"}),
    "chat type a list": said(chat={"id": 7, "type": []}),
    "sender a list": said(**{"from": ["is_bot"]}),
    "sender empty": said(**{"from": {}}),
    "text a number": said(text=7),
    "text an object": said(text={"text": HIDDEN}),
    "caption a list": said(text="", caption=[HIDDEN]),
    "contact a text": said(contact=HIDDEN),
    "contact number missing": said(contact={"user_id": 7}),
    "language a list": said(**{"from": {**SENDER, "language_code": []}}),
    "in a group, text a number": said(chat={"id": -7, "type": "group"}, text=7),
    "in a group, chat id a text": said(chat={"id": HIDDEN, "type": "group"}),
    "tap a list": json.dumps({"update_id": 5, "callback_query": [TAP]}),
    "tap id an object": tapped(id={"id": 9}),
    "tap id a surrogate": tapped(id="\ud83d"),
    "tap data a number": tapped(data=7),
    "tap message a text": tapped(message="chat"),
    "tap message id a text": tapped(message={**MESSAGE, "message_id": "1"}),
    "left a list": json.dumps({"update_id": 5, "my_chat_member": [LEFT]}),
    "left chat id a list": left(chat={"id": [7], "type": "private"}),
    "left status missing": left(new_chat_member={}),
}  # fmt: skip

TAKEN = {
    "a surrogate": said(text="\ud83d 강좌"),
    "only a surrogate": said(text="\udc00"),
    "NUL": said(text="강\0좌"),
    "only NUL": said(text="\0"),
    "tap data NUL": tapped(data="me\0nu"),
    "tap data a surrogate": tapped(data="menu\ud83d"),
    "nested deeply": said(reply_to_message=None).replace("null", DEEP),
    "an endless number": said(date=None).replace("null", "9" * 5000),
}


class Telegram(BaseRequest):
    """The network's edge: hands out what isn't confirmed, and can tell by no offset an update without a number."""

    read_timeout = 5.0

    def __init__(self) -> None:
        self.pending: list[tuple[float | None, str]] = []
        self.offsets: list[Any] = []
        self.asked = asyncio.Event()

    async def initialize(self) -> None: ...
    async def shutdown(self) -> None: ...

    parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)

    def has(self, number: float | None, update: str) -> None:
        self.pending.append((number, update))

    async def do_request(self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any):
        offset = request_data.parameters.get("offset", 0) if request_data else 0
        self.offsets.append(offset)
        self.asked.set()
        if type(offset) is not int or not 0 <= offset <= 2**31:
            return 400, b'{"ok":false,"error_code":400,"description":"Bad Request: offset"}'
        self.pending = [each for each in self.pending if each[0] is None or each[0] >= offset]
        await asyncio.sleep(0.01)
        return 200, f'{{"ok":true,"result":[{",".join(update for _, update in self.pending)}]}}'.encode()


class Silence:
    """Nothing leaves, and nothing is acknowledged."""

    async def acknowledge(self, *_: Any) -> None: ...
    async def point(self, *_: Any) -> None: ...
    def is_slip(self, _: Any) -> bool:
        return False

    async def deliver(self, *_: Any) -> bool:
        return True


@pytest_asyncio.fixture
async def taking(school: School, answering: Answering) -> AsyncIterator[TelegramIn]:
    inflow = Inflow("telegram", answering, Silence())  # type: ignore[arg-type]
    yield TelegramIn(inflow, Silence(), school.database, answering.organization)  # type: ignore[arg-type]
    await inflow.drain(5)


async def keys(school: School) -> set[str]:
    return {row.key for row in await school.rows(select(inbox.c.key))}


def good(number: int) -> str:
    return json.dumps({"update_id": number, "message": {**MESSAGE, "text": "강좌", "chat": {**CHAT, "id": number}}})


async def polled(taking: TelegramIn, school: School, broken: str) -> Telegram:
    """With one sound update before the broken one, one after it, and one that comes later."""
    telegram = Telegram()
    telegram.has(4, good(4))
    telegram.has(number(broken), broken)
    telegram.has(6, good(6))
    bot = Bot("1:a", request=telegram, get_updates_request=telegram)
    running = asyncio.create_task(Poller(bot, taking, lambda: None).run())
    try:
        await come(school, {"4", "6"})
        telegram.has(7, good(7))
        await come(school, {"7"})
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    return telegram


async def come(school: School, wanted: set[str]) -> None:
    async def are_there() -> bool:
        return wanted <= await keys(school)

    await until(are_there)


def number(broken: str) -> float | None:
    """As a server would compare it with an offset; None for what no offset confirms."""
    try:
        found = json.loads(broken)["update_id"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return 5 if '"update_id": 5,' in broken else None
    return found if type(found) in (int, float) and 0 < found < 8 else None


def complaints(caplog: pytest.LogCaptureFixture) -> Sequence[str]:
    found = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert not any(record.exc_info for record in found)
    return [record.getMessage() for record in found]


@pytest.mark.parametrize("broken", REFUSED.values(), ids=REFUSED)
async def test_polling_refuses_it_once_and_goes_on_for_everybody(taking, school, caplog, broken):
    telegram = await polled(taking, school, broken)
    assert await keys(school) == {"4", "6", "7"}
    assert all(type(offset) is int for offset in telegram.offsets)
    (line,) = complaints(caplog)
    assert HIDDEN not in line


@pytest.mark.parametrize("broken", TAKEN.values(), ids=TAKEN)
async def test_polling_takes_what_can_be_read_of_it(taking, school, caplog, broken):
    await polled(taking, school, broken)
    assert await keys(school) == {"4", "5", "6", "7"}
    assert complaints(caplog) == []


async def test_polling_does_not_hurry_when_nothing_can_be_confirmed(taking, school, monkeypatch):
    monkeypatch.setattr(receiving, "backoff", lambda _: 3600.0)
    telegram = Telegram()
    telegram.has(None, REFUSED["no id"])
    bot = Bot("1:a", request=telegram, get_updates_request=telegram)
    running = asyncio.create_task(Poller(bot, taking, lambda: None).run())
    await telegram.asked.wait()
    await asyncio.sleep(0.1)
    running.cancel()
    assert len(telegram.offsets) == 1


async def posted(taking: TelegramIn, body: bytes) -> int:
    transport = httpx.ASGITransport(app=Starlette(routes=[webhook(taking, SECRET)]), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://s") as client:
        return (await client.post("/telegram", content=body, headers=HEADERS)).status_code


@pytest.mark.parametrize("broken", REFUSED.values(), ids=REFUSED)
async def test_the_webhook_refuses_it_so_that_it_never_comes_again(taking, school, caplog, broken):
    assert await posted(taking, broken.encode()) == 200
    assert await keys(school) == set()
    (line,) = complaints(caplog)
    assert HIDDEN not in line


@pytest.mark.parametrize("broken", TAKEN.values(), ids=TAKEN)
async def test_the_webhook_takes_what_can_be_read_of_it(taking, school, caplog, broken):
    assert await posted(taking, broken.encode()) == 200
    assert await keys(school) == {"5"}
    assert complaints(caplog) == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe\x00", DEEP.encode(), b"x" * (receiving.BODY_LIMIT + 1)], ids=range(5)
)
async def test_the_webhook_refuses_what_is_no_update_at_all(taking, caplog, body):
    assert await posted(taking, body) == 200
    assert len(complaints(caplog)) == 1

"""A strict double of Telegram's Bot API server, for tests against which the real service runs."""

import asyncio
import inspect
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.support.botapi import messages, profile, receiving
from tests.support.botapi.chats import Chat, Chats
from tests.support.botapi.errors import ApiError
from tests.support.botapi.faults import BAD_GATEWAY, GARBAGE, Chaos, Fault, Faults, Kind
from tests.support.botapi.ledger import Call, Entry, Ledger
from tests.support.botapi.limits import Limits
from tests.support.botapi.parameters import NAMES, Params, read, received
from tests.support.botapi.people import Person
from tests.support.botapi.updates import Update, Updates
from tests.support.botapi.webhook import Webhook

TOKEN = "123456:TEST-token"

METHODS: dict[str, Callable[["BotApi", Params], Any]] = {
    "getMe": profile.get_me,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendDocument": messages.send_document,
    "sendPhoto": messages.send_photo,
    "sendChatAction": messages.send_chat_action,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "answerCallbackQuery": messages.answer_callback_query,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
}


class BotApi:
    """Start it, point the service at `url`, and let people speak; see the attributes for what happened."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        bot_id = int(token.partition(":")[0])
        self.me = {"id": bot_id, "is_bot": True, "first_name": "배움톡", "username": "baeumtok_test_bot"}
        self.chats = Chats()
        self.updates = Updates()
        self.ledger = Ledger()
        self.limits = Limits()
        self.faults = Faults()
        self.webhook: Webhook | None = None
        self.webhook_backoff = 0.05
        self.taps: dict[str, tuple[float, Chat]] = {}
        self.tap_patience = 15.0
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[Any, dict[str, Any]] = {}
        self.people: dict[int, Person] = {}
        self.url = ""
        self.settled: Callable[[], Awaitable[None]] | None = None  # returns when nothing that came is owed an answer
        self.control: Callable[[web.BaseRequest], Awaitable[web.Response]] | None = None
        self._closing = asyncio.Event()

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> "BotApi":
        self._closing.clear()
        server = web.Server(self._handle, request_factory=_big_request, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port, backlog=1024).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        """Close all connections; what is remembered stays, so that a later start is an outage survived."""
        self._closing.set()
        self.updates.release()
        if self.webhook:
            await self.webhook.stop()
            self.webhook = None
        await self._runner.cleanup()

    async def __aenter__(self) -> "BotApi":
        return await self.start()

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    def person(self, user_id: int, name: str = "김배움", language: str = "ko", *, bot: bool = False) -> Person:
        """The person with this id, made at the first mention."""
        if user_id not in self.people:
            self.people[user_id] = Person(self, user_id, name, language, bot)
        return self.people[user_id]

    def group(self, chat_id: int, title: str = "모임", kind: str = "supergroup") -> Chat:
        chat = self.chats.chat(chat_id, kind, title)
        chat.known = True
        return chat

    def push_raw(self, update: Update) -> int:
        return self.updates.push_raw(update)

    def redeliver(self, update_id: int) -> None:
        self.updates.redeliver(update_id)

    def fail(self, method: str, kind: Kind, times: int | None = 1, **how: Any) -> Fault:
        """Plan a fault for the next calls of a method ("*": any; times None: until removed); see Fault."""
        fault = Fault(method, kind, times, **how)
        self.faults.planned.append(fault)
        return fault

    def chaos(self, rate: float, seed: int = 0, **how: Any) -> None:
        self.faults.chaos = Chaos(rate, seed, **how) if rate else None

    def latency(self, milliseconds: float, method: str = "*") -> None:
        self.faults.latencies[method] = milliseconds / 1000

    def heal(self) -> None:
        """No more faults and no latency; calls that hang are let go by `stop` only."""
        self.faults = Faults()

    def calls(self, method: str | None = None) -> list[Call]:
        return [call for call in self.ledger.calls if method in (None, call.method)]

    def unanswered(self) -> list[Entry]:
        return self.ledger.unanswered()

    def replies(self, update_id: int) -> int:
        return self.ledger.entries[update_id].replies

    def answered_twice(self) -> list[Entry]:
        return [entry for entry in self.ledger.entries.values() if entry.replies > 1]

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            return await self._call(request, token, method)
        if self.control and path.startswith("/_control/"):
            return await self.control(request)
        return _json(404, ApiError(404, "Not Found").body())

    async def _call(self, request: web.BaseRequest, token: str, name: str) -> web.StreamResponse:
        if token != self.token:
            return _json(*_as_answer(_door_refusal(token)))
        method = NAMES.get(name.lower())
        if method is None:
            self.ledger.record(name, {}, None, 404)
            return _json(*_as_answer(ApiError(404, "Not Found")))
        if latency := self.faults.latency(method):
            await asyncio.sleep(latency)
        given, refusal = await _given(request)
        fault = self.faults.take(method, given)
        if fault and not fault.after and not await self._let_through(fault):
            return await self._break(request, method, given, fault)
        status, body = _as_answer(refusal) if refusal else await self._answer(method, given)
        if fault and fault.after and not await self._let_through(fault):
            return await self._break(request, method, given, fault)
        return _json(status, body)

    async def _answer(self, method: str, given: Params) -> tuple[int, dict[str, Any]]:
        params = given
        try:
            params = read(method, given)
            result = METHODS[method](self, params)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as refusal:
            self.ledger.record(method, params, refusal.body(), refusal.code)
            return _as_answer(refusal)
        self.ledger.record(method, params, result, 200)
        return 200, {"ok": True, "result": result}

    async def _let_through(self, fault: Fault) -> bool:
        """A timeout of so many seconds is only slow: the call goes on after them."""
        if fault.kind != "timeout" or fault.seconds is None:
            return False
        await self._hang(fault)
        return True

    async def _break(self, request: web.BaseRequest, method: str, given: Params, fault: Fault) -> web.StreamResponse:
        self.ledger.record(f"{method} ({fault.kind})", given, None, 0)
        if fault.kind == "timeout":
            await self._hang(fault)
        elif fault.kind == "reset":
            _cut(request)
        elif fault.kind == "garbage":
            return web.Response(text=GARBAGE, content_type="application/json")
        elif fault.kind == 502:
            return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
        else:
            return _json(*_as_answer(fault.refusal()))
        return web.Response(status=504)

    async def _hang(self, fault: Fault) -> None:
        ends = [asyncio.create_task(each.wait()) for each in (self._closing, fault.over)]
        try:
            await asyncio.wait(ends, timeout=fault.seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in ends:
                each.cancel()


async def _given(request: web.BaseRequest) -> tuple[Params, ApiError | None]:
    try:
        return await received(request), None
    except ApiError as refusal:
        return {}, refusal


def _door_refusal(token: str) -> ApiError:
    number, colon, secret = token.partition(":")
    known_form = number.isdecimal() and colon and secret
    return ApiError(401, "Unauthorized") if known_form else ApiError(404, "Not Found")


def _as_answer(refusal: ApiError) -> tuple[int, dict[str, Any]]:
    return refusal.code, refusal.body()


def _json(status: int, body: dict[str, Any]) -> web.Response:
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")


def _cut(request: web.BaseRequest) -> None:
    """Reset the connection, so that the other side sees an error and not a polite end."""
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _big_request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=64 * 2**20)

"""The dealer's server: strict doors, pages of lists, faults on purpose, and its own calls to a webhook."""

import asyncio
import hashlib
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web

from tests.support.botapi.faults import Chaos, Fault, Faults, Kind
from tests.support.solapi import bodies
from tests.support.solapi.account import Account, Message
from tests.support.solapi.signatures import Signatures

KEY, SECRET, CHANNEL = "NCSTESTTESTTEST0", "TESTSECRETTESTSECRETTESTSECRET00", "KA01PF000000000000000000000000000"
HOOK = "webhook-secret-0001"  # as it was typed there
TRIES = 5  # of a webhook, until it says 200
ERRORS = {400: "ValidationError", 401: "Unauthorized", 403: "InvalidAPIKey", 404: "ResourceNotFound", 409: "Conflict"}
ERRORS |= {429: "TooManyRequests", 500: "InternalServerError", 402: "NotEnoughBalance"}


@dataclass
class Call:
    name: str
    status: int
    body: Any = None
    query: dict[str, str] = field(default_factory=dict)


class Dealer:
    """Start it and point the service at `url`; `account` is what it knows, `calls` what it was asked."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.account = Account(CHANNEL, now)
        self.calls: list[Call] = []
        self.faults = Faults()
        self.url = ""
        self.page = 1000  # of what a list holds at most
        self.before_answering: Callable[[], Awaitable[object]] | None = None  # what happens once it has taken messages
        self._signatures = Signatures(KEY, SECRET, now)
        self._closing = asyncio.Event()

    async def start(self, port: int = 0) -> "Dealer":
        self._closing.clear()
        application = web.Application(client_max_size=64 * 2**20)
        for method, path, name, answer in (
            ("POST", "/messages/v4/send-many/detail", "send", self._send),
            ("GET", "/messages/v4/groups/{group}/messages", "group", self._group),
            ("GET", "/messages/v4/list", "list", self._list),
            ("GET", "/kakao/v2/templates", "templates", self._templates),
            ("GET", "/cash/v1/balance", "balance", self._balance),
        ):
            application.router.add_route(method, path, self._door(name, answer))
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port, backlog=1024).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        """What is remembered stays: a later start is an outage survived."""
        self._closing.set()
        await self._runner.cleanup()

    def fail(self, name: str, kind: Kind | int, times: int | None = 1, **how: Any) -> Fault:
        """Plan a fault for the next calls of "send", "group", "list", "templates", "balance" or "*"; see Fault."""
        fault = Fault(name, 400, times, **how)
        fault.kind = kind  # type: ignore[assignment]
        self.faults.planned.append(fault)
        return fault

    def chaos(self, rate: float, seed: int = 0, **how: Any) -> None:
        self.faults.chaos = Chaos(rate, seed, **how) if rate else None

    def heal(self) -> None:
        self.faults = Faults()

    def called(self, name: str) -> list[Call]:
        return [each for each in self.calls if each.name == name]

    async def reports(
        self, url: str, secret: str, messages: Sequence[Message] | None = None, hashed: bool = True, flat: bool = False
    ) -> list[int]:
        """Everything moves a step, or these are told of again; the answers of each try."""
        moved = self.account.advance() if messages is None else messages
        told = [each.told() for each in moved]
        body = told if flat else [{"eventDataId": f"WH{n}", "data": each} for n, each in enumerate(told)]
        headers = {"X-Solapi-Event-Name": "SINGLE-REPORT", "Content-Type": "application/json"}
        headers["X-Solapi-Secret"] = hashlib.sha1(secret.encode()).hexdigest() if hashed else secret
        statuses: list[int] = []
        async with aiohttp.ClientSession() as session:
            while len(statuses) < TRIES and 200 not in statuses:
                statuses.append(await _told(session, url, json.dumps(body), headers))
        return statuses

    def _door(self, name: str, answer: Callable[[web.Request, Any], Any]) -> Any:
        async def endpoint(request: web.Request) -> web.StreamResponse:
            body = await request.text()
            refusal = self._signatures.refusal(request.headers.get("Authorization", ""))
            if refusal:
                return self._record(name, request, body, 403, {"errorCode": refusal, "errorMessage": body})
            fault = self.faults.take(name, {})
            if fault and not fault.after:
                return await self._break(name, request, fault)
            status, data = self._answered(request, body, answer)
            response = self._record(name, request, body, status, data)
            if self.before_answering and name == "send":
                await self.before_answering()
            return await self._break(name, request, fault) if fault else response

        return endpoint

    def _answered(self, request: web.Request, body: str, answer: Callable[[web.Request, Any], Any]) -> tuple[int, Any]:
        try:
            return 200, answer(request, json.loads(body) if body else None)
        except (bodies.Malformed, json.JSONDecodeError) as error:
            return 400, {"errorCode": "ValidationError", "errorMessage": f"{error} {body}"}

    def _record(self, name: str, request: web.Request, body: str, status: int, data: Any) -> web.Response:
        self.calls.append(Call(name, status, json.loads(body) if body else None, dict(request.query)))
        return web.json_response(data, status=status)

    async def _break(self, name: str, request: web.Request, fault: Fault) -> web.StreamResponse:
        kind: Any = fault.kind
        self.calls.append(Call(f"{name} ({kind})", 0))
        if kind == "timeout":
            ends = [asyncio.create_task(each.wait()) for each in (self._closing, fault.over)]
            await asyncio.wait(ends, timeout=fault.seconds, return_when=asyncio.FIRST_COMPLETED)
            for each in ends:
                each.cancel()
            return web.Response(status=504)
        if kind == "reset":
            _cut(request)
            return web.Response(status=500)
        if kind == "garbage":
            return web.Response(text='{"groupInfo": {', content_type="application/json")
        wait = {"Retry-After": str(fault.retry_after)} if kind == 429 else {}
        error = {"errorCode": ERRORS.get(kind, "Error"), "errorMessage": await request.text()}
        return web.json_response(error, status=kind, headers=wait)

    def _send(self, _request: web.Request, body: Any) -> dict[str, Any]:
        messages, group = bodies.check(body), self.account.group()
        seen: set[str] = set()
        taken, failed = [], []
        for each in messages:
            made = self.account.register(each, group, seen, body.get("allowDuplicates", False))
            shown = {"to": each["to"], "from": each.get("from", ""), "customFields": each.get("customFields", {})}
            if isinstance(made, str):
                failed.append({**shown, "messageId": "", "statusCode": made, "statusMessage": f"거절 {each['to']}"})
            else:
                taken.append({**shown, "messageId": made.id, "statusCode": "2000", "statusMessage": "정상 접수"})
        count = {"total": len(messages), "registeredSuccess": len(taken), "registeredFailed": len(failed)}
        shown_list = {"messageList": [_brief(each) for each in taken]} if body.get("showMessageList") else {}
        return {"groupInfo": {"groupId": group, "count": count}, "failedMessageList": failed, **shown_list}

    def _group(self, request: web.Request, _body: Any) -> dict[str, Any]:
        group = request.match_info["group"]
        return self._page(request, [each for each in self.account.messages.values() if each.group == group])

    def _list(self, request: web.Request, _body: Any) -> dict[str, Any]:
        begin, end = (datetime.fromisoformat(request.query[name]) for name in ("startDate", "endDate"))
        assert request.query["dateType"] == "CREATED"
        return self._page(request, [each for each in self.account.messages.values() if begin <= each.created <= end])

    def _page(self, request: web.Request, found: list[Message]) -> dict[str, Any]:
        begin, end = self._span(request)
        shown = {each.id: each.told() for each in found[begin:end]}
        return {"limit": end - begin, "messageList": shown, "nextKey": str(end) if end < len(found) else None}

    def _templates(self, request: web.Request, _body: Any) -> dict[str, Any]:
        found = [each for each in self.account.templates.values() if each.channel == request.query["channelId"]]
        begin, end = self._span(request)
        next_key = str(end) if end < len(found) else None
        return {"templateList": [each.told() for each in found[begin:end]], "limit": end - begin, "nextKey": next_key}

    def _span(self, request: web.Request) -> tuple[int, int]:
        begin = int(request.query.get("startKey", "0"))
        return begin, begin + min(int(request.query.get("limit", "20")), self.page)

    def _balance(self, _request: web.Request, _body: Any) -> dict[str, Any]:
        return {"balance": self.account.balance, "point": self.account.point, "accountId": "12925149"}


async def _told(session: aiohttp.ClientSession, url: str, body: str, headers: dict[str, str]) -> int:
    """What was answered; 0 where nobody did."""
    try:
        async with session.post(url, data=body, headers=headers) as answer:
            return answer.status
    except aiohttp.ClientError:
        return 0


def _brief(each: dict[str, Any]) -> dict[str, Any]:
    return {name: each[name] for name in ("messageId", "statusCode", "statusMessage", "customFields")}


def _cut(request: web.Request) -> None:
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()

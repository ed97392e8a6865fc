"""A strict double of the Event API, for tests against which the real service runs."""

import asyncio
import json
import random
import socket
import struct
from collections import Counter
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.support.eventapi import calls
from tests.support.eventapi.calls import Talk, Wrong
from tests.support.eventapi.faults import ANSWERS, Chaos, Fault, Faults, Kind
from tests.support.eventapi.tasks import Task

KEY, BOT_ID, EVENT, PRICE = "0123456789abcdef0123456789abcdef", "659e3b4a7407e2205bf34eae", "baeumtok", 1650


@dataclass(frozen=True)
class Call:
    """`outcome` is "ok", or what was said or broken instead; `talk` is what it said, where that could be read."""

    name: str
    outcome: str
    talk: Talk | None = None


class EventServer:
    """Start it, point the service at `url`; everybody is a friend of the channel until they aren't."""

    def __init__(self, key: str = KEY, bot_id: str = BOT_ID, event: str = EVENT, seed: int = 0) -> None:
        self.key, self.bot_id, self.event = key, bot_id, event
        self.faults = Faults()
        self.calls: list[Call] = []
        self.tasks: dict[str, Task] = {}
        self.got: dict[str, list[str]] = {}
        self.strangers: set[str] = set()  # whose keys lead to nobody: they left the channel, or blocked it
        self.broken: dict[str, str] = {}  # whom nothing reaches, and what is said of that
        self.asks = 0  # questions before a task is over
        self.loses_tasks = self.is_old_style = False
        self.charged = 0  # in hundredths of a won
        self.url = ""
        self._dice = random.Random(seed)
        self._closing = asyncio.Event()

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> "EventServer":
        self._closing.clear()
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port, backlog=1024).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        """What is remembered stays, so that a later start is an outage survived."""
        self._closing.set()
        await self._runner.cleanup()

    async def __aenter__(self) -> "EventServer":
        return await self.start()

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    def fail(self, call: str, kind: Kind, times: int | None = 1, **how: Any) -> Fault:
        fault = Fault(call, kind, times, **how)
        self.faults.planned.append(fault)
        return fault

    def chaos(self, rate: float, seed: int = 0, **how: Any) -> None:
        self.faults.chaos = Chaos(rate, seed, **how) if rate else None

    def heal(self) -> None:
        self.faults = Faults()

    def talks(self) -> list[Talk]:
        """What was taken, in its order."""
        return [call.talk for call in self.calls if call.talk and call.outcome == "ok"]

    @property
    def counts(self) -> Counter[str]:
        return Counter(f"{call.name} {call.outcome}" for call in self.calls)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        parts = request.path.strip("/").split("/")
        if request.method == "POST" and parts[:2] == ["v2", "bots"] and parts[3:] == ["talk"]:
            return await self._call("talk", request, parts[2])
        if request.method == "GET" and parts[:2] == ["v1", "tasks"] and len(parts) == 3:
            return await self._call("task", request, parts[2])
        return _json(*ANSWERS[404])

    async def _call(self, name: str, request: web.BaseRequest, subject: str) -> web.StreamResponse:
        try:
            self._check_key(request)
            talk = await self._talk(request, subject) if name == "talk" else None
        except Wrong as wrong:
            self.calls.append(Call(name, f"{wrong}"))
            return _json(wrong.status, wrong.body)
        fault = self.faults.take(name, talk.users if talk else ())
        if fault and not fault.after:
            return await self._break(request, fault, name, talk)
        status, body = self._take(talk) if talk else self._tell(subject)
        if fault:
            return await self._break(request, fault, name, talk)
        self.calls.append(Call(name, "ok" if status == 200 else f"{status}", talk))
        return _json(status, body)

    def _check_key(self, request: web.BaseRequest) -> None:
        if request.headers.get("Authorization") != f"KakaoAK {self.key}":
            raise Wrong("this access token does not exist", 401, -401)

    async def _talk(self, request: web.BaseRequest, bot_id: str) -> Talk:
        if bot_id != self.bot_id:
            raise Wrong("bot is not found")
        if request.content_type != "application/json":
            raise Wrong("Content-Type must be application/json", 415)
        try:
            return calls.read(json.loads(await request.read()), self.event)
        except ValueError as error:
            raise Wrong("body is not JSON") from error

    def _take(self, talk: Talk) -> tuple[int, dict[str, Any]]:
        unresolved = [user for user in talk.users if user in self.strangers]
        failed = {user: self.broken[user] for user in talk.users if user in self.broken}
        task = Task(f"{self._dice.getrandbits(128):032x}", talk.users, unresolved, failed, self.asks, self.loses_tasks)
        self.tasks[task.id] = task
        for user in task.reached:
            self.got.setdefault(user, []).append(talk.text)
            self.charged += PRICE
        return 200, {"taskId": task.id, "status": "SUCCESS", "timestamp": 1728382106745}

    def _tell(self, task_id: str) -> tuple[int, dict[str, Any]]:
        task = self.tasks.get(task_id)
        return (200, task.told(self.is_old_style)) if task and not task.is_lost else ANSWERS[404]

    async def _break(self, request: web.BaseRequest, fault: Fault, name: str, talk: Talk | None) -> web.StreamResponse:
        self.calls.append(Call(name, f"{fault.kind}", talk))
        if fault.kind == "timeout":
            await self._hang(fault)
            return web.Response(status=504)
        if fault.kind == "reset":
            _cut(request)
            return web.Response(status=504)
        if fault.kind == "garbage":
            return web.Response(text='{"taskId": "5f76', content_type="application/json")
        if fault.kind == 502:
            return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
        status, body = ANSWERS[fault.kind]
        return _json(status, body, {"Retry-After": fault.retry_after} if fault.retry_after else {})

    async def _hang(self, fault: Fault) -> None:
        ends = [asyncio.create_task(each.wait()) for each in (self._closing, fault.over)]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for each in ends:
            each.cancel()


def _json(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(
        status=status, body=json.dumps(body).encode(), content_type="application/json", headers=headers or {}
    )


def _cut(request: web.BaseRequest) -> None:
    """Reset the connection, so that the other side sees an error and not a polite end."""
    if request.transport is not None:
        connection = request.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()

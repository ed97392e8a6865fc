"""Delivery to a webhook: one update at a time per chat, several chats at once, retried until it answers 2xx."""

import asyncio
import contextlib
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.support.botapi.updates import Update, Updates


@dataclass
class Webhook:
    updates: Updates
    url: str
    secret: str = ""
    max_connections: int = 40
    backoff: float = 0.05
    longest_backoff: float = 1.0
    patience: float = 60.0
    attempts: int = 0
    last_error_at: float = 0.0
    last_error: str = ""
    replies_ignored: int = 0
    _lines: dict[Any, deque[Update]] = field(default_factory=dict)
    _workers: dict[Any, "asyncio.Task[None]"] = field(default_factory=dict)

    async def start(self) -> None:
        self._places = asyncio.Semaphore(self.max_connections)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self.max_connections),
            timeout=aiohttp.ClientTimeout(total=self.patience),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        for update in list(self.updates.pending.values()):
            self.deliver(update)
        self.updates.arrived = self.deliver

    async def stop(self) -> None:
        self.updates.arrived = None
        for worker in self._workers.values():
            worker.cancel()
        for worker in list(self._workers.values()):
            with contextlib.suppress(asyncio.CancelledError):
                await worker
        await self._session.close()

    def deliver(self, update: Update) -> None:
        line = _line(update)
        self._lines.setdefault(line, deque()).append(update)
        if line not in self._workers:
            self._workers[line] = asyncio.create_task(self._work(line))

    def as_json(self) -> dict[str, Any]:
        shown = {"url": self.url, "max_connections": self.max_connections}
        if self.last_error:
            shown |= {"last_error_date": int(self.last_error_at), "last_error_message": self.last_error}
        return shown

    async def _work(self, line: Any) -> None:
        waiting = self._lines[line]
        while waiting:
            await self._insist(waiting[0])
            waiting.popleft()
        del self._lines[line], self._workers[line]

    async def _insist(self, update: Update) -> None:
        pause = self.backoff
        while not await self._delivered(update):
            await asyncio.sleep(pause)
            pause = min(pause * 2, self.longest_backoff)
        self.updates.pending.pop(update["update_id"], None)

    async def _delivered(self, update: Update) -> bool:
        async with self._places:
            self.attempts += 1
            self.updates.handed(update)
            try:
                return await self._post(update)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                return self._failed(f"Connection failed: {type(error).__name__}")

    async def _post(self, update: Update) -> bool:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        async with self._session.post(self.url, data=json.dumps(update), headers=headers) as response:
            body = await response.read()
            if not 200 <= response.status < 300:
                return self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
            self.replies_ignored += b'"method"' in body
            return True

    def _failed(self, why: str) -> bool:
        self.last_error, self.last_error_at = why, time.time()
        return False


def _line(update: Update) -> Any:
    """Taps queue by user and the rest by chat, as in Telegram's server: a tap may overtake a message."""
    for kind, content in update.items():
        if isinstance(content, dict):
            place = content.get("from" if kind == "callback_query" else "chat") or {}
            return kind == "callback_query", place.get("id")
    return None

"""Calls of the Event API: one that was never sent is told from one whose outcome is unknown."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.http.calls import bounded
from bot.sections import Event
from bot.ways.calls import Unsent, failure, session

LARGEST = 1_000_000  # bytes of an answer
CONNECTIONS = 10  # calls at once: nobody tells how many it takes
USER_KEY = "botUserKey"


@dataclass(frozen=True)
class Answer:
    """`body` is empty where it is no object of JSON."""

    status: int
    body: dict[str, Any]
    retry_after: str = ""


class EventCalls:
    """Timeouts are in seconds."""

    def __init__(self, bot_id: str, event: Event, patience: float = 15.0, connecting: float = 5.0) -> None:
        self._event = event
        self._talk = f"{event.api_url}/v2/bots/{quote(bot_id, safe='')}/talk"
        self._within = aiohttp.ClientTimeout(total=patience, connect=connecting, sock_connect=connecting)
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        if self._session is None:
            self._session = session(CONNECTIONS)

    async def stop(self) -> None:
        opened, self._session = self._session, None
        if opened is not None:
            await opened.close()

    async def talk(self, text: str, users: Sequence[str]) -> Answer:
        """Say the same to all of these, none of whom may be named twice. Raises CallError."""
        said = {
            "event": {"name": self._event.name, "data": {"text": text}},
            "user": [{"type": USER_KEY, "id": user} for user in users],
        }
        return await self._call("POST", self._talk, json.dumps(said, ensure_ascii=False).encode())

    async def task(self, task_id: str) -> Answer:
        """What became of what was said. Raises CallError."""
        return await self._call("GET", f"{self._event.api_url}/v1/tasks/{quote(task_id, safe='')}")

    def without_secrets(self, words: str, *secrets: str) -> str:
        for each in (self._key, *secrets):
            words = words.replace(each, "…")
        return words

    @property
    def _key(self) -> str:
        return self._event.rest_api_key.get_secret_value()

    async def _call(self, method: str, url: str, body: bytes | None = None) -> Answer:
        if self._session is None:
            raise Unsent("the HTTP client is not running")
        headers = {"Authorization": f"KakaoAK {self._key}", "Content-Type": "application/json"}
        within = self._within
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=within, allow_redirects=False
            ) as answer:
                content = await bounded(answer.content, LARGEST)
                return Answer(answer.status, _object(content), answer.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            lost = failure(error)
        raise lost


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

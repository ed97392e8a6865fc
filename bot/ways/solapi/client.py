"""Calls of SOLAPI's API, each signed; they tell what was certainly never sent from what may have been."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.http.calls import bounded
from bot.sections import AlimTalk
from bot.ways.calls import Unsent, failure, session

SEND = "/messages/v4/send-many/detail"
LIST = "/messages/v4/list"
GROUP = "/messages/v4/groups/{}/messages"
TEMPLATES = "/kakao/v2/templates"
BALANCE = "/cash/v1/balance"

CONNECTIONS = 20  # calls at once
LARGEST = 8_000_000  # bytes of one answer
AT_ONCE = 500  # of what a page of a list holds
PAGES = 50
PATIENCE = 20.0  # seconds for what is sent
LOOKING = 8.0  # seconds for what is only asked


@dataclass(frozen=True)
class Answer:
    status: int
    data: Mapping[str, Any] = field(default_factory=dict)
    wait: float = 0.0  # seconds, where the dealer told so

    @property
    def error(self) -> str:
        """The dealer's name for what was wrong, without whatever else stands there."""
        name = str(self.data.get("errorCode", ""))
        return name[:60] if name.isalnum() else f"HTTP {self.status}"


class Refused(Exception):
    """The dealer didn't tell what it was asked for."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.error)
        self.answer = answer


class Client:
    """No exception and no log of it mentions keys, numbers or addresses."""

    def __init__(self, settings: AlimTalk, now: Callable[[], datetime]) -> None:
        self._url = settings.api_url
        self._key = settings.api_key.get_secret_value()
        self._secret = settings.api_secret.get_secret_value()
        self._now = now
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        if self._session is None:
            self._session = session(CONNECTIONS)

    async def close(self) -> None:
        opened, self._session = self._session, None
        if opened is not None:
            await opened.close()

    async def send(self, body: Mapping[str, Any]) -> Answer:
        """Raises Unsent or Unanswered."""
        sent = json.dumps(body, ensure_ascii=False).encode()
        return await self._call("POST", SEND, PATIENCE, data=sent)

    async def ask(self, path: str, **asked: str) -> Mapping[str, Any]:
        """Raises Unsent, Unanswered, or Refused where the answer is none."""
        answer = await self._call("GET", path, LOOKING, params=asked)
        if answer.status != 200:
            raise Refused(answer)
        return answer.data

    async def pages(self, path: str, name: str, **asked: str) -> list[Mapping[str, Any]]:
        """What stands under a name, of all pages. Raises as `ask`."""
        found: list[Mapping[str, Any]] = []
        page = {"limit": str(AT_ONCE)}
        for _ in range(PAGES):
            data = await self.ask(path, **asked, **page)
            found += objects(data.get(name))
            key = data.get("nextKey")
            if not isinstance(key, str) or not key:
                break
            page["startKey"] = key
        return found

    async def _call(self, method: str, path: str, patience: float, **what: Any) -> Answer:
        if self._session is None:
            raise Unsent("not started")
        headers = {"Authorization": signed(self._key, self._secret, self._now()), "Content-Type": "application/json"}
        within = aiohttp.ClientTimeout(total=patience, sock_connect=5.0)
        try:
            async with self._session.request(
                method, self._url + path, headers=headers, timeout=within, allow_redirects=False, **what
            ) as response:
                wait = _seconds(response.headers.get("Retry-After", ""))
                return Answer(response.status, _read(response.status, await bounded(response.content, LARGEST)), wait)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, RecursionError) as error:
            lost = failure(error)
        raise lost


def signed(key: str, secret: str, now: datetime) -> str:
    """The header by which the dealer knows us: it takes none twice, nor one that is 15 minutes old."""
    date = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    salt = secrets.token_hex(16)
    signature = hmac.new(secret.encode(), f"{date}{salt}".encode(), hashlib.sha256).hexdigest()
    return f"HMAC-SHA256 apiKey={key}, date={date}, salt={salt}, signature={signature}"


def objects(found: Any) -> list[Mapping[str, Any]]:
    """The objects of a list, or of a map by their ids: the dealer writes lists both ways."""
    each = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return [one for one in each if isinstance(one, dict)]


def _read(status: int, payload: bytes) -> Mapping[str, Any]:
    """What is no JSON says nothing, where it comes with an error; else nobody knows what it should have said."""
    try:
        data = json.loads(payload)
    except (ValueError, RecursionError):
        if status == 200:
            raise
        data = {}
    if status == 200 and not isinstance(data, dict):
        raise ValueError("no object")
    return data if isinstance(data, dict) else {}


def _seconds(told: str) -> float:
    return float(told) if told.isdecimal() else 0.0

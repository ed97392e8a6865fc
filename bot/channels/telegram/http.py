"""HTTP for python-telegram-bot over aiohttp, which tells a request never sent from one whose outcome is unknown."""

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.http.calls import is_unsent

DEEPEST = 100
MOST_DIGITS = 100
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


class Unsent(NetworkError):
    """The request certainly never reached Telegram: repeating it can't deliver twice."""


class AiohttpRequest(BaseRequest):
    """One pool of connections; give getUpdates and sending a pool each.

    Raises Unsent when nothing was sent, TimedOut or another NetworkError when the outcome is unknown.
    No exception mentions the URL, which holds the token. Timeouts are in seconds; None waits for ever.
    """

    __slots__ = ("_connections", "_session", "_timeouts", "told_at")

    def __init__(
        self,
        connections: int = 100,
        *,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        media_write_timeout: float | None = 20.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
    ) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self.told_at: datetime | None = None  # the time there, as the last answer told it
        self._timeouts = {
            "read": read_timeout,
            "write": write_timeout,
            "media": media_write_timeout,
            "connect": connect_timeout,
            "pool": pool_timeout,
        }

    @property
    def read_timeout(self) -> float | None:
        return self._timeouts["read"]

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise Unsent("the HTTP client is not running")
        has_files = request_data is not None and request_data.contains_files
        write = self._chosen(write_timeout, "media" if has_files else "write")
        read = self._chosen(read_timeout, "read")
        within = _client_timeout(
            read=_sum(write, read) if has_files else read,
            write=write,
            connect=self._chosen(connect_timeout, "connect"),
            pool=self._chosen(pool_timeout, "pool"),
        )
        status, payload, date = await _exchange(self._session, method, url, within, _payload(request_data))
        self.told_at = _moment(date)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The base class logs the whole payload of a broken answer, and it may hold what a resident wrote."""
        try:
            answer = parse(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or "ok" not in answer:
            raise NetworkError("Invalid server response")
        return answer

    def _chosen(self, given: object, name: str) -> float | None:
        if given is None or isinstance(given, int | float):
            return given
        return self._timeouts[name]


def parse(payload: bytes) -> Any:
    """JSON, without what no parser gets through: one such part must not hold up all that came with it.

    Raises ValueError.
    """
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return json.loads(_shallow(payload).decode("utf-8", "replace"), parse_int=_int)


def _shallow(payload: bytes) -> bytes:
    """With null in place of what is nested deeper than anything that Telegram sends."""
    kept, depth, begin = [], 0, 0
    for token in _TOKENS.finditer(payload):
        if token[0] in (b"[", b"{"):
            depth += 1
            if depth == DEEPEST:
                kept += [payload[begin : token.start()], b"null"]
        elif token[0] in (b"]", b"}"):
            begin = token.end() if depth == DEEPEST else begin
            depth -= 1
    return b"".join([*kept, payload[begin:]])


def _int(digits: str) -> int | None:
    return int(digits) if len(digits) < MOST_DIGITS else None


async def _exchange(
    session: aiohttp.ClientSession, method: str, url: str, within: aiohttp.ClientTimeout, payload: dict[str, Any]
) -> tuple[int, bytes, str]:
    try:
        async with session.request(method, url, timeout=within, allow_redirects=False, **payload) as response:
            return response.status, await response.read(), response.headers.get("Date", "")
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        failure = _failure(error)
    # Outside the handler, so that aiohttp's exception with the URL isn't even its context.
    raise failure


@lru_cache(1)  # the same for a second
def _moment(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date).astimezone(UTC)
    except ValueError:
        return None


def _failure(error: Exception) -> NetworkError:
    name = type(error).__name__
    if is_unsent(error):
        return Unsent(f"not sent: {name}")
    if isinstance(error, TimeoutError):
        return TimedOut(f"sent, but not answered in time: {name}")
    return NetworkError(f"sent, but the answer was lost: {name}")


def _client_timeout(
    *, read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """aiohttp has no write timeout of its own, so the total bounds a write that stalls."""
    return aiohttp.ClientTimeout(
        total=_sum(pool, connect, write, read),
        connect=_sum(pool, connect),
        sock_connect=connect,
        sock_read=read,
    )


def _sum(*seconds: float | None) -> float | None:
    known = [each for each in seconds if each is not None]
    return sum(known) if len(known) == len(seconds) else None


def _payload(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if request_data.contains_files:
        return {"data": _form(request_data)}
    body = json.dumps(request_data.parameters, ensure_ascii=False).encode()
    return {"data": body, "headers": {"Content-Type": "application/json"}}


def _form(request_data: RequestData) -> aiohttp.FormData:
    # Telegram keeps a percent-encoded file name as it is, so Korean names go out as plain UTF-8.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form

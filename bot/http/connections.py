"""Connections within limits: so many at once, none that keeps silent, and none that sends what nobody reads."""

import asyncio
import errno
import logging
import sys
import time
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

log = logging.getLogger(__name__)

RESERVED = 256  # descriptors that files, the database and our own calls may take
MOST = 10_000
PATIENCE = 15.0  # seconds for a whole request to come, and for an answer to be taken further
LINGER = 1.0  # seconds in which a client may read why its request isn't read to the end
TELL = 60.0  # seconds between two lines about the same lack

_LACKS = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


def make_room() -> int:
    """How many connections there may be at once; the limit of descriptors is raised as far as the system lets us."""
    if sys.platform == "win32":
        return MOST
    import resource  # Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + RESERVED if hard == resource.RLIM_INFINITY else min(hard, MOST + RESERVED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return MOST if soft == resource.RLIM_INFINITY else min(max(soft - RESERVED, soft // 2), MOST)


class Connection(H11Protocol):
    """uvicorn's, which by itself waits for ever for a request to begin or to end."""

    most = MOST
    _ends: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._end_in(PATIENCE)
        if len(self.connections) > self.most:
            self._make_way()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._is_awaited:
            self._end_in(None)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        is_half_read = self.conn.their_state is h11.SEND_BODY
        if is_half_read:
            self.transport.pause_reading()
        self._end_in(LINGER if is_half_read else PATIENCE if self._is_awaited else None)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._end_in(PATIENCE)

    def resume_writing(self) -> None:
        super().resume_writing()
        if not self._is_awaited:
            self._end_in(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_in(None)
        super().connection_lost(exc)

    @property
    def _is_awaited(self) -> bool:
        """Whether the other side has still to send its request, or the rest of it."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def _make_way(self) -> None:
        """The one that has been silent for longest goes; when all are being answered, this one does."""
        silent = [each for each in self.connections if isinstance(each, Connection) and each._is_awaited]
        oldest = min(silent, key=lambda each: each._ends.when() if each._ends else 0.0, default=self)
        self.connections.discard(oldest)
        oldest._end()

    def _end_in(self, seconds: float | None) -> None:
        if self._ends:
            self._ends.cancel()
        self._ends = None if seconds is None else self.loop.call_later(seconds, self._end)

    def _end(self) -> None:
        self.transport.abort()


def within(most: int) -> type[Connection]:
    """Connections of which there are no more than so many at once."""
    return type("Connection", (Connection,), {"most": most})


class Lacks:
    """Tells what the system can't give once in a while; asyncio does so for each connection that waits."""

    def __init__(self) -> None:
        self._told_at = -TELL

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not isinstance(error, OSError) or error.errno not in _LACKS:
            return loop.default_exception_handler(context)
        if time.monotonic() - self._told_at >= TELL:
            self._told_at = time.monotonic()
            log.error("no connections accepted error=%s", errno.errorcode.get(error.errno, error.errno))
        return None

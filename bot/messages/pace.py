"""How fast one bot may send: so many messages in any second, and one a second into each chat."""

import asyncio
import heapq
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

REPLY = 0  # goes before every rank of the outbox
SECOND = 1.0
CAUTION = 60.0  # seconds for which replies too wait their turn, after the whole bot was told to slow down
MOST_CHATS = 10_000  # remembered at once; those that may be written to again are forgotten


class Pace:
    """Gives out turns, the most urgent first.

    A turn takes one of `per_second` places from before the call until a second after its answer. The server takes the
    call somewhere between, so it never sees more than that many within a second, however late things are here.
    Replies don't wait as long as nothing but replies is sent: they come from people, and few at a time.
    """

    def __init__(self, per_second: int = 30, second: float = SECOND) -> None:
        self._per_second = per_second
        self._second = second
        self._taken = 0
        self._falling_free: deque[float] = deque()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = count()
        self._careful_until = 0.0
        self._paused_until = 0.0
        self._chats: dict[str, float] = {}
        self._alarm: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, rank: int) -> AsyncIterator[None]:
        if rank != REPLY or self._now() < self._careful_until:
            await self._wait(rank)
        else:
            self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1
            self._falling_free.append(self._now() + self._second)
            if rank != REPLY:
                self._careful_until = max(self._careful_until, self._now() + self._second)
            self._serve()

    def reserve(self, address: str) -> float:
        """Seconds to wait before this chat may be written to; the moment is then taken."""
        now = self._now()
        if len(self._chats) > MOST_CHATS:
            self._chats = {chat: free_at for chat, free_at in self._chats.items() if free_at > now}
        free_at = max(self._chats.get(address, now), now)
        self._chats[address] = free_at + self._second
        return free_at - now

    def wait_for(self, address: str) -> float:
        return max(self._chats.get(address, 0.0) - self._now(), 0.0)

    def pause_chat(self, address: str, seconds: float) -> None:
        self._chats[address] = max(self._chats.get(address, 0.0), self._now() + seconds)

    def pause(self, seconds: float) -> None:
        """Nothing goes out for so long, and then everything waits its turn for a while."""
        self._paused_until = max(self._paused_until, self._now() + seconds)
        self._careful_until = max(self._careful_until, self._paused_until + CAUTION)

    async def _wait(self, rank: int) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank, next(self._order), turn))
        self._serve()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._taken -= 1
                self._serve()
            raise

    def _serve(self) -> None:
        """Let those go for whom there is a place, and come back when the next one falls free."""
        now = self._now()
        while self._falling_free and self._falling_free[0] <= now:
            self._falling_free.popleft()
        while self._waiting and now >= self._paused_until and self._places() > 0:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                self._taken += 1
                turn.set_result(None)
        if self._waiting:
            self._come_back(now)

    def _places(self) -> int:
        return self._per_second - self._taken - len(self._falling_free)

    def _come_back(self, now: float) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        soonest = self._falling_free[0] if self._falling_free else now
        at = max(soonest, self._paused_until)
        if at > now:  # otherwise a call under way will come back here
            self._alarm = asyncio.get_running_loop().call_at(at, self._serve)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

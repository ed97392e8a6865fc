"""The Bot API double as a process of its own, so that it has a processor core of its own."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.support.botapi import TOKEN
from tests.support.service.process import ROOT

Message = tuple[int, str]  # who says what


@dataclass
class Double:
    url: str
    session: aiohttp.ClientSession
    pid: int
    token: str = TOKEN

    async def latency(self, milliseconds: float) -> None:
        await self._order("latency", milliseconds=milliseconds)

    async def answered_per_second(self, messages: Sequence[Message]) -> float:
        """All messages are said at once; from the first word to the last reply."""
        said_at = time.time()
        await self.says(messages)
        await self.is_settled()
        replied_at: float = (await self._order("calls", method="sendMessage", last=1))["calls"][0]["at"]
        return len(messages) / (replied_at - said_at)

    async def says(self, messages: Sequence[Message]) -> None:
        orders = [{"do": "says", "user_id": who, "text": text} for who, text in messages]
        await self._order("batch", orders=orders)

    async def is_settled(self) -> None:
        """Returns when everything that was said is answered."""
        summary = await self._order("settled", patience=120)
        assert not summary["unanswered"], f"{len(summary['unanswered'])} messages were not answered"

    async def forgets(self) -> None:
        """What is over is looked through at every question: after long runs that would be what is measured."""
        await self._order("forget")

    async def newest(self, who: int) -> str:
        """The text that this person sees last."""
        text: str = (await self._order("messages", user_id=who))["messages"][-1]["text"]
        return text

    async def _order(self, name: str, **order: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/_control/{name}", json=order) as answer:
            told: dict[str, Any] = await answer.json()
        assert answer.status == 200, told
        return told


@asynccontextmanager
async def double() -> AsyncIterator[Double]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.support.botapi"), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    url = (await process.stdout.readline()).decode().split()[-1]
    no_limit = aiohttp.ClientTimeout(total=None)
    try:
        async with aiohttp.ClientSession(timeout=no_limit) as session:
            yield Double(url, session, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()

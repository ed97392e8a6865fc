"""Gathers what is sent at about the same time into one call: dear calls, or few of them."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from functools import partial
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

WITHIN = 0.3  # seconds for which the first of a call waits for others
MOST = 100

Call = Callable[[Sequence[T]], Awaitable[Sequence[R | Exception]]]


class Together(Generic[T, R]):
    """`call` gets no more than `most` and answers for each, in their order; an error it raises is everybody's."""

    def __init__(self, call: Call[T, R], most: int = MOST, within: float = WITHIN) -> None:
        self._call = call
        self._most = most
        self._within = within
        self._waiting: dict[Hashable, list[tuple[T, asyncio.Future[R]]]] = {}
        self._calls: set[asyncio.Task[None]] = set()

    async def send(self, alike: Hashable, one: T) -> R:
        """The answer for one; only what is `alike` goes into the same call."""
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        group = self._waiting.setdefault(alike, [])
        group.append((one, answer))
        if len(group) >= self._most:
            self._leave(alike)
        elif len(group) == 1:
            asyncio.get_running_loop().call_later(self._within, self._leave_if, alike, group)
        return await asyncio.shield(answer)

    async def finish(self) -> None:
        """Until every call has been answered."""
        for alike in list(self._waiting):
            self._leave(alike)
        await asyncio.gather(*self._calls)

    def _leave_if(self, alike: Hashable, group: list[tuple[T, asyncio.Future[R]]]) -> None:
        if self._waiting.get(alike) is group:
            self._leave(alike)

    def _leave(self, alike: Hashable) -> None:
        group = self._waiting.pop(alike)
        task = asyncio.create_task(self._make(group))
        self._calls.add(task)
        task.add_done_callback(partial(self._done, group))

    def _done(self, group: Sequence[tuple[T, asyncio.Future[R]]], task: asyncio.Task[None]) -> None:
        """Nobody waits for ever for a call that was broken off."""
        self._calls.discard(task)
        for _, waiting in group:
            waiting.cancel()

    async def _make(self, group: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        answers: Sequence[R | Exception]
        try:
            answers = await self._call([one for one, _ in group])
        except Exception as error:
            answers = [error] * len(group)
        for (_, waiting), answer in zip(group, answers, strict=True):
            if waiting.done():
                continue
            if isinstance(answer, Exception):
                waiting.set_exception(answer)
            else:
                waiting.set_result(answer)

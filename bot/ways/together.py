"""Gathers what is sent at about the same time into one call: dear calls, or few of them."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from functools import partial
from itertools import count
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
        self._named: dict[Hashable, set[Hashable]] = {}  # to whom those of each call go
        self._calls: set[asyncio.Task[None]] = set()

    async def send(self, alike: Hashable, one: T, to: Hashable = None) -> R:
        """The answer for one; only what is `alike` goes into the same call, and nothing that goes `to` the same."""
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        place = next((alike, turn) for turn in count() if to is None or to not in self._named.get((alike, turn), ()))
        group = self._waiting.setdefault(place, [])
        group.append((one, answer))
        self._named.setdefault(place, set()).add(to)
        if len(group) >= self._most:
            self._leave(place)
        elif len(group) == 1:
            asyncio.get_running_loop().call_later(self._within, self._leave_if, place, group)
        return await asyncio.shield(answer)

    async def finish(self) -> None:
        """Until every call has been answered."""
        for place in list(self._waiting):
            self._leave(place)
        await asyncio.gather(*self._calls)

    def _leave_if(self, place: Hashable, group: list[tuple[T, asyncio.Future[R]]]) -> None:
        if self._waiting.get(place) is group:
            self._leave(place)

    def _leave(self, place: Hashable) -> None:
        group = self._waiting.pop(place)
        self._named.pop(place)
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

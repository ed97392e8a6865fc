"""Waiting for what will come, however slow the machine is; and time that passes only when all else is done."""

import asyncio
import functools
import inspect
from collections.abc import Callable, Coroutine
from typing import Any

from bot.messages.pace import Pace

PATIENCE = 60.0  # seconds: who waits so long is told that it never came


async def until(is_so: Callable[[], Any]) -> None:
    """Returns when it is; `is_so` may have to be awaited."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = is_so()
            if await found if inspect.iscoroutine(found) else found:
                return
            await asyncio.sleep(0.01)


async def is_waited_for(pace: Pace) -> None:
    """Returns when somebody waits there for a turn."""
    await until(lambda: pace._waiting)


def goes_on(pace: Pace) -> None:
    """Its pause is over."""
    pace._paused_until = 0.0
    pace._serve()


class _Loop(asyncio.SelectorEventLoop):
    """Nobody waits in it: its clock goes on to whatever is due next."""

    def __init__(self) -> None:
        super().__init__()
        self._moment = 0.0
        self._look = self._selector.select  # type: ignore[attr-defined]
        self._selector.select = self._select  # type: ignore[attr-defined]

    def time(self) -> float:
        return self._moment

    def _select(self, seconds: float | None) -> Any:
        if not (found := self._look(0)):
            assert seconds is not None, "nothing will ever come"
            self._moment += seconds
        return found


def in_no_time(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """The test waits for timers and for nothing outside, exactly as long as it says."""

    @functools.wraps(test)
    def run(*given: Any, **named: Any) -> None:
        with asyncio.Runner(loop_factory=_Loop) as runner:
            runner.run(test(*given, **named))

    return run

"""Where the console begins: its rooms are loaded for the first officer who comes, so that no start waits for them."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

if TYPE_CHECKING:
    from bot.console.console import Console


class Entrance:
    """Its routes, which lead to those of the console that `make` makes when somebody comes."""

    def __init__(self, make: Callable[[], "Console"]) -> None:
        self._make = make
        self._opening = asyncio.Lock()
        self._rooms: Router | None = None
        self._reading: asyncio.Task[None] | None = None

    def routes(self) -> list[Route]:
        return [Route("/desk", self), Route("/desk/{rest:path}", self)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._opening:
            if self._rooms is None:
                console = await asyncio.to_thread(self._make)
                self._rooms = Router(console.routes())
                self._reading = asyncio.create_task(console.get_ready())
        await self._rooms(scope, receive, send)

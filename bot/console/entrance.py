"""Where the console begins: its rooms are loaded for the first officer who comes, so that no start waits for them."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from handlers.dialogue.organization import Organization
from storage.database import Database

if TYPE_CHECKING:
    from bot.console.console import Console


class Entrance:
    """Its routes, which lead to those of the console."""

    def __init__(
        self,
        database: Database,
        organization: Organization,
        now: Callable[[], datetime],
        faults: Callable[[], Sequence[str]] = list,
        protects: bool = False,
    ) -> None:
        self._given = (database, organization, now, faults, protects)
        self._opening = asyncio.Lock()
        self._rooms: Router | None = None
        self._reading: asyncio.Task[None] | None = None

    def routes(self) -> list[Route]:
        return [Route("/desk", self), Route("/desk/{rest:path}", self)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._opening:
            if self._rooms is None:
                console = await asyncio.to_thread(self._console)
                self._rooms = Router(console.routes())
                self._reading = asyncio.create_task(console.get_ready())
        await self._rooms(scope, receive, send)

    def _console(self) -> "Console":
        from bot.console.console import Console

        return Console(*self._given)

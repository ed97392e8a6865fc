"""What every such service is to the application: all are built, started, looked after and stopped alike."""

from typing import Protocol

from starlette.routing import Route

from bot.messages.delivery import Way


class Sender(Protocol):
    """`name` is that of its way."""

    @property
    def name(self) -> str: ...

    @property
    def way(self) -> Way: ...

    def routes(self) -> list[Route]: ...

    async def start(self) -> None: ...

    async def tend(self) -> None:
        """Ask what became of what left, and give up what nobody tells of; also while nothing leaves."""
        ...

    async def stop(self) -> None: ...

"""What every channel is to the application: all are built, started, looked after and stopped alike."""

from typing import Protocol

from starlette.routing import Route

from bot.messages.delivery import Way
from handlers.dialogue.organization import ChannelTraits


class Channel(Protocol):
    """One way in which residents write, and are answered."""

    @property
    def name(self) -> str: ...

    @property
    def traits(self) -> ChannelTraits: ...

    @property
    def way(self) -> Way | None:
        """How notices leave; None where the service can't speak first."""
        ...

    def routes(self) -> list[Route]: ...

    async def start(self) -> None:
        """Take up what was left unanswered, and begin to receive."""
        ...

    async def recover(self) -> None:
        """Take up what fell due: of processes that died, and of replies that couldn't leave."""
        ...

    def close(self) -> None:
        """Take nothing more, and end connections that last: the server is about to wait for them."""
        ...

    async def stop(self, seconds: float) -> None:
        """Finish what is in hand; what isn't done within so many seconds is taken up at the next start."""
        ...

"""Watching the clock: compared with what the database knows at the start, and written down while it is believed."""

from bot.ticks.wall import Wall
from storage.database import Database
from storage.engine import pulse


class Watch:
    """Of one process; the word of an operator comes by the database, from a command beside it."""

    def __init__(self, database: Database, wall: Wall) -> None:
        self._database = database
        self._wall = wall
        self._vouches = 0

    async def begin(self) -> None:
        """Before anything acts on the clock."""
        seen = await self._database.read(pulse.look)
        self._vouches = seen.vouches
        self._wall.compare(seen.believed_at, seen.newest)
        await self._write_down()

    async def go_on(self) -> None:
        seen = await self._database.read(pulse.look)
        if seen.vouches != self._vouches:
            self._vouches = seen.vouches
            self._wall.vouch()
        await self._write_down()

    async def _write_down(self) -> None:
        if now := self._wall.believed():
            await self._database.write(lambda tx: pulse.believe(tx, now))

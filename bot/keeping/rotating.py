"""Changing the key while the service runs: a new one seals, all is sealed anew, then the old one goes.

Each step may be broken off and done again. Where several machines serve, each step ends with the key file being copied.
"""

import asyncio
import logging
import secrets
from enum import Enum
from functools import partial
from pathlib import Path
from time import monotonic

from sqlalchemy import Table

from bot.keeping import keys
from storage.database import Database, scrub
from storage.engine import resealing, schema
from storage.keys.keyring import KEY_BYTES

log = logging.getLogger(__name__)

GRACE = 2.0  # seconds for whoever has just looked at the key file and not begun yet
PATIENCE = 60.0  # seconds for a unit of work that goes on
BREATH = 0.02  # seconds at least that others have the database for themselves


class Step(Enum):
    """What was reached."""

    EXPECTED = "the new key is in the file, and seals nothing yet"
    TURNED = "the new key seals here"
    DONE = "all is sealed with the new key alone"


class Busy(Exception):
    """A unit of work goes on for too long."""


class Rotation:
    """Of one database and its key file."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path
        self.rows = 0

    async def go_on(self) -> Step:
        """As far as it goes from where it stands: to the end, or to where other machines need the file."""
        with keys.alone(self._path):
            is_spread = await self._database.read(resealing.is_used_elsewhere)
            step = await self._step()
            while step is not Step.DONE and not is_spread:
                step = await self._step()
            return step

    async def _step(self) -> Step:
        seal = self._database.seal
        seal.refresh()
        if seal.ring.coming:
            await self._turn()
            return Step.TURNED
        if not seal.ring.is_settled:
            await self._finish()
            return Step.DONE
        keys.replace(self._path, seal.ring.expecting(secrets.token_bytes(KEY_BYTES)))
        return Step.EXPECTED

    async def _turn(self) -> None:
        """The database tells first that it needs both, so that no backup of these minutes is put back with one."""
        await self._wait()  # whoever began before knows nothing of the coming key
        ring = self._database.seal.ring.turned()
        await self._database.write(partial(schema.need, keys=ring.keys))
        keys.replace(self._path, ring)

    async def _finish(self) -> None:
        await self._wait()  # whoever began before may still seal with the old one
        while not await self._pass():
            pass
        ring = self._database.seal.ring.freed()
        await self._database.write(partial(schema.need, keys=ring.keys))
        await self._database.write(scrub)
        keys.replace(self._path, ring)

    async def _wait(self) -> None:
        """For whoever began before; SQLite has one writer, so that writing is waiting."""
        moment = await self._database.write(resealing.now)
        await asyncio.sleep(GRACE)
        ends = monotonic() + PATIENCE
        while not await self._database.read(partial(resealing.is_over, moment=moment)):
            if monotonic() > ends:
                raise Busy
            await asyncio.sleep(0.2)

    async def _pass(self) -> bool:
        """Whether there was nothing to do."""
        return not any([await self._pass_through(table) for table in resealing.tables()])

    async def _pass_through(self, table: Table) -> int:
        after = found = 0
        while stale := await self._database.read(partial(resealing.stale, table=table, after=after)):
            began = monotonic()
            done = await self._database.write(partial(resealing.reseal, table=table, keys=stale))
            self.rows += done.rows
            found += done.rows + done.left
            after = stale[-1]
            await asyncio.sleep(max(BREATH, monotonic() - began))
        return found

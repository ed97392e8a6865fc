"""An older database with rows in it becomes one of this program step by step, and no row is lost on the way."""

from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, Table, func, insert, select

from storage.engine import schema
from storage.engine.opening import open_database
from tests.support.domain import SEAL

NOT_OURS = ("alembic_version", "seals", "posting_grams")  # the last is made of each database's own parts
VALUES: dict[type, Any] = {
    str: "1",
    int: 1,
    bool: True,
    bytes: b"1",
    object: {},
    date: date(2026, 11, 24),
    datetime: datetime(2026, 11, 24, tzinfo=UTC),
    time: time(10),
}


def tables(tx: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(tx)
    return [table for table in metadata.sorted_tables if not table.name.startswith(NOT_OURS)]


def count(tx: Connection, table: Table) -> int:
    return tx.execute(select(func.count()).select_from(table)).scalar_one()


def fill(tx: Connection, table: Table) -> None:
    """With a row that refers to the first row of every other."""
    tx.execute(insert(table).values({each.name: VALUES[each.type.python_type] for each in table.columns}))


def step(tx: Connection, revision: str) -> set[str]:
    """Up to this revision, of which every table has a row afterwards; tells those that had none."""
    command.upgrade(schema._config(tx), revision)
    empty = [table for table in tables(tx) if not count(tx, table)]
    for table in empty:
        fill(tx, table)
    return {table.name for table in empty}


@pytest.fixture
async def untouched(tmp_path):
    """A database that has no tables yet: SQLite's, of which Alembic makes tables anew where PostgreSQL changes them."""
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path}/old.db", SEAL)
    yield database
    await database.close()


async def test_every_migration_goes_over_rows_in_every_table_and_loses_none(untouched):
    known: set[str] = set()
    for revision in schema._revisions():
        empty = await untouched.write(partial(step, revision=revision))
        assert (revision, empty & known) == (revision, set())
        known |= empty

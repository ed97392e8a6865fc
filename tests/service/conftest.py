"""The real service process on a database of its own, with residents before it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.botapi import Person
from tests.support.databases.kinds import sqlite_copy
from tests.support.service.town import Town, inhabited


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """One service for a module, polling, on SQLite; each test takes residents and courses of its own."""
    folder = tmp_path_factory.mktemp("service")
    async with inhabited(folder, sqlite_copy(migrated_file, folder)) as town:
        await town.service.start()
        yield town


@pytest_asyncio.fixture(loop_scope="function")
async def fresh_town(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A town for one test, which starts and ends the service itself."""
    async with inhabited(tmp_path, sqlite_url) as town:
        yield town


@pytest.fixture
def newcomer(town: Town) -> Person:
    """Somebody of the module's town who has never written before."""
    return town.resident()

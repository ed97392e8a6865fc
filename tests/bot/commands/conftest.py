"""The settings of a district, whose commands run beside its database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot import demo
from bot.settings import Settings
from storage.opening import open_database
from tests.support.domain import SEAL, write_key


@pytest.fixture
def config(tmp_path: Path, sqlite_url: str) -> Path:
    write_key(tmp_path)
    path = tmp_path / "config.toml"
    path.write_text(f'[database]\nurl = "{sqlite_url}"\n')
    return path


@pytest_asyncio.fixture
async def filled(sqlite_url: str) -> None:
    """The district has the demo's courses."""
    database = await open_database(sqlite_url, SEAL)
    await database.write(lambda tx: demo.fill(tx, datetime.now(UTC), Settings().to_organization()))
    await database.close()

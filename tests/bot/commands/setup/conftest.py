"""An empty folder of a bare machine, and a port that nobody has."""

import socket
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from storage.engine.opening import open_database
from tests.support.databases.kinds import postgres_copy
from tests.support.domain import SEAL

EMPTY = (
    "DROP SCHEMA public CASCADE",
    "CREATE SCHEMA public",
    "GRANT USAGE ON SCHEMA public TO PUBLIC",
    "DROP ROLE IF EXISTS guest",
    "CREATE ROLE guest LOGIN",
)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Where the settings will be; there is nothing yet."""
    folder = tmp_path / "bare"
    folder.mkdir()
    return folder / "config.toml"


@pytest_asyncio.fixture
async def empty_postgres(postgres_folder: Path) -> str:
    """A database as an administrator makes it, in which a guest may look and make nothing."""
    url = await postgres_copy(postgres_folder)
    database = await open_database(url, SEAL)
    for said in EMPTY:
        await database.write(lambda tx, said=said: tx.execute(text(said)))
    await database.close()
    return url


@pytest.fixture
def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"{server.getsockname()[1]}"


@pytest.fixture
def flags(free_port: str) -> list[str]:
    """All that is needed of somebody who can't be asked."""
    return ["--phone", "02-1234-5678", "--listen", free_port, "--officer", "kim", "--name", "김담당", "--yes"]

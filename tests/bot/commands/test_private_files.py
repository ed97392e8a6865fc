"""What the program writes is for its owner alone, whatever the machine's habits are."""

import asyncio
import os
from pathlib import Path

import pytest

from storage.engine.opening import open_database
from tests.support.commands import bot
from tests.support.domain import SEAL


@pytest.fixture(autouse=True)
def _open_handed():
    """A machine on which new files may be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def new_config(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(f'[database]\nurl = "sqlite+aiosqlite:///{tmp_path}/var/own/our.db"\n')
    return tmp_path / "config.toml"


def modes(folder: Path) -> dict[str, str]:
    return {f"{each.relative_to(folder)}": f"{each.stat().st_mode & 0o777:o}" for each in folder.rglob("*")}


def test_all_that_a_command_makes_is_private(new_config, tmp_path):
    new_config.chmod(0o600)
    assert bot(new_config, "migrate")[0] == 0
    assert bot(new_config, "import", "--template", f"{tmp_path}/var/template.xlsx")[0] == 0
    files = ("config.toml", "baeumtok.key", "var/own/our.db", "var/template.xlsx")
    assert modes(tmp_path) == {"var": "700", "var/own": "700"} | dict.fromkeys(files, "600")


def test_the_log_and_the_lock_of_a_database_are_private(tmp_path):
    async def look() -> dict[str, str]:
        database = await open_database(f"sqlite+aiosqlite:///{tmp_path}/var/our.db", SEAL)
        database.serve()
        await database.write(lambda tx: tx.exec_driver_sql("CREATE TABLE t (a)"))
        found = modes(tmp_path)
        await database.close()
        return found

    names = ("var/our.db", "var/our.db-wal", "var/our.db-shm", "var/our.lock")
    assert asyncio.run(look()) == {"var": "700"} | dict.fromkeys(names, "600")

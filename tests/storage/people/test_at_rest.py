"""Who somebody is can't be read without the key: not in the database file, not in its log, and not after an upgrade."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from alembic import command
from sqlalchemy import text

import storage.engine.sqlite
from storage.engine import schema
from storage.engine.opening import open_database
from storage.keys.sealing import Seal
from storage.people.finding import persons
from tests.support.domain import SEAL

OLD = """
INSERT INTO residents (id, name, birth_year, mobile, proven_mobile, language, created_at) VALUES
(7, '꾀꼬리', 1983, '+821012345678', '+821012345678', 'ko', '2026-01-01'),
(8, NULL, NULL, NULL, NULL, 'ko', '2026-01-01')
"""
TOLD = [each.encode() for each in ("꾀꼬리", "1983", "12345678", "1234-5678")]


def _legible(folder: Path) -> list[str]:
    """What of it stands in the database file or its log."""
    stored = b"".join(path.read_bytes() for path in folder.glob("*.db*"))
    return [each.decode() for each in TOLD if each in stored]


@pytest.mark.on_sqlite
async def test_a_copy_of_the_database_tells_no_name_no_number_and_no_year_of_who_registered(school, visitor, tmp_path):
    course = await school.opens()
    said = await visitor().registers(course, name="꾀꼬리", mobile="010-1234-5678")
    await visitor("r2").proves(course, mobile="010-1234-5678", name="꾀꼬리")
    assert "신청이 접수" in said
    assert _legible(tmp_path) == []


@pytest_asyncio.fixture
async def of_before(database_url, tmp_path):
    """A database as it was before anything of people was sealed, with somebody in it."""
    is_file = database_url.startswith("sqlite")
    url = f"sqlite+aiosqlite:///{tmp_path}/before.db" if is_file else database_url
    database = await open_database(url, SEAL)

    def begin(tx):
        for each in () if is_file else ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public"):
            tx.execute(text(each))
        command.upgrade(schema._config(tx), "0022")
        tx.execute(text(OLD))

    await database.write(begin)
    yield database
    await database.close()


async def test_an_upgrade_seals_everybody_who_is_there(of_before):
    assert await of_before.write(schema.upgrade) is True
    (found,) = await of_before.read(lambda tx: persons.with_number(tx, "+821012345678"))
    assert (found.id, found.name, found.birth_year, found.is_proven) == (7, "꾀꼬리", 1983, True)
    other = await of_before.read(lambda tx: persons.find(tx, 8))
    assert (other.name, other.birth_year, other.mobile) == (None, None, None)


@pytest.mark.on_sqlite
async def test_after_an_upgrade_nothing_legible_is_left_in_the_file_or_its_log(of_before, tmp_path):
    _forget_carelessly(of_before.file)
    assert _legible(tmp_path) != []
    await of_before.write(schema.upgrade)
    assert _legible(tmp_path) == []


@pytest.mark.on_sqlite
async def test_what_a_killed_upgrade_left_goes_at_the_next_start(of_before, tmp_path, monkeypatch):
    _forget_carelessly(of_before.file)
    with monkeypatch.context() as patch:
        patch.setattr(storage.engine.sqlite, "_rewrite", lambda _: None)
        await of_before.write(schema.upgrade)
    assert _legible(tmp_path) != []
    await (await open_database(f"sqlite+aiosqlite:///{of_before.file}", SEAL)).close()
    assert _legible(tmp_path) == []


def _forget_carelessly(path: Path) -> None:
    """As an older version or another program deletes: what was there lies about in the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) SELECT i FROM n"
        raw.execute(f"CREATE TABLE gone AS SELECT residents.* FROM residents, ({many})")
        raw.execute("DROP TABLE gone")


async def test_an_upgrade_with_another_key_changes_nothing(of_before, database_url):
    url = f"sqlite+aiosqlite:///{of_before.file}" if of_before.file else database_url
    other = await open_database(url, Seal(b"another key of 32 bytes, exactly"))
    await of_before.write(lambda tx: tx.execute(text(f"INSERT INTO seals VALUES (1, '{schema.proof_of(SEAL)}')")))
    with pytest.raises(Exception, match="열쇠 파일"):
        await other.write(schema.upgrade)
    await other.close()
    assert await of_before.read(lambda tx: tx.execute(text("SELECT name FROM residents")).scalars().all()) == [
        "꾀꼬리",
        None,
    ]

"""Copies of a database hold all that was answered, whoever writes meanwhile, and what is no copy is refused."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.copies import sqlite as copying
from storage.copies.copy import CopyError
from storage.copies.opening import copier
from storage.database import DatabaseError
from storage.engine.opening import file_of, open_database
from storage.engine.schema import newest, proof_of
from tests.support.databases.backups import TOOLS, Rush, answer, answered_in
from tests.support.databases.kinds import postgres_copy
from tests.support.domain import SEAL


@pytest.fixture
def other_url(database_url, request, tmp_path):
    """The address of a database on another machine."""
    if file_of(database_url):
        return f"sqlite+aiosqlite:///{tmp_path}/elsewhere/our.db"
    return asyncio.run(postgres_copy(request.getfixturevalue("postgres_folder")))


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "copy"
    path.touch(0o600)
    return path


def never() -> Path:
    raise AssertionError("nothing was there that had to be kept")


async def test_a_copy_under_load_put_back_elsewhere_holds_every_message_that_was_answered(
    database, database_url, other_url, target, tmp_path
):
    async with Rush(database) as rush:
        before = list(rush.answered)
        await asyncio.to_thread(copier(database_url, TOOLS).make, target)
        await rush.reach(len(before) + 20)
    other = copier(other_url, TOOLS)
    await asyncio.to_thread(other.put_back, target, lambda: tmp_path / "kept")
    found = await answered_in(other_url)
    assert [key for key in before if found.get(key) != f"답: {key}"] == []


async def test_cp_of_a_live_file_is_no_copy(sqlite, sqlite_url, target, tmp_path):
    for number in range(5):
        await answer(sqlite, f"{number}")
    shutil.copy(file_of(sqlite_url), target)
    assert await answered_in(f"sqlite+aiosqlite:///{target}") == {}
    await asyncio.to_thread(copier(sqlite_url).make, target)
    assert len(await answered_in(f"sqlite+aiosqlite:///{target}")) == 5


async def test_a_copy_tells_its_version_and_its_key(database_url, target):
    made = copier(database_url, TOOLS)
    made.make(target)
    copy = made.examine(target)
    assert (copy.revision, copy.proof) == (newest(), proof_of(SEAL))


async def test_a_copy_is_one_file_and_is_left_as_it_is_when_it_is_read(sqlite, sqlite_url, target):
    await answer(sqlite, "1")
    copier(sqlite_url).make(target)
    before = target.read_bytes()
    copier(sqlite_url).examine(target)
    assert [each.name for each in target.parent.iterdir() if each.name.startswith("copy")] == ["copy"]
    assert target.read_bytes() == before


@pytest.mark.parametrize("harm", ["nothing", "words", "half", "torn", "another program's"])
def test_what_is_no_copy_or_is_damaged_is_refused(database_url, target, harm):
    made = copier(database_url, TOOLS)
    made.make(target)
    content = target.read_bytes()
    middle = len(content) // 2
    harmed = {
        "nothing": b"",
        "words": "안녕하세요".encode(),
        "half": content[:middle],
        "torn": content[:3000] + bytes(20000) + content[23000:],
        "another program's": strange(target.with_name("strange")),
    }
    target.write_bytes(harmed[harm])
    with pytest.raises(CopyError, match="백업 파일이 아니거나 깨졌습니다"):
        made.examine(target)


def strange(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (a)")
    connection.close()
    return path.read_bytes()


async def test_what_was_there_is_kept_when_a_copy_is_put_in_its_place(database_url, target, tmp_path, request):
    if not file_of(database_url):
        database_url = await postgres_copy(request.getfixturevalue("postgres_folder"))
    made, kept = copier(database_url, TOOLS), tmp_path / "kept"
    await asyncio.to_thread(made.make, target)
    await said(database_url, "later")
    assert await asyncio.to_thread(made.put_back, target, lambda: kept) == kept
    assert await answered_in(database_url) == {}
    await asyncio.to_thread(made.put_back, kept, lambda: tmp_path / "another")
    assert await answered_in(database_url) == {"later": "답: later"}


async def said(url, key):
    database = await open_database(url, SEAL)
    await answer(database, key)
    await database.close()


async def test_nothing_is_put_back_under_who_serves(database, database_url, target):
    copier(database_url, TOOLS).make(target)
    await answer(database, "1")
    database.serve()
    with pytest.raises(DatabaseError, match=r"멈춘|실행 중"):
        await asyncio.to_thread(copier(database_url, TOOLS).put_back, target, never)
    assert len(await answered_in(database_url)) == 1


async def test_nothing_is_put_back_under_another_command(sqlite, sqlite_url, target):
    copier(sqlite_url).make(target)
    await answer(sqlite, "1")
    with pytest.raises(CopyError, match="다른 명령이"):
        await asyncio.to_thread(copier(sqlite_url).put_back, target, never)
    assert len(await answered_in(sqlite_url)) == 1


@pytest.mark.on_sqlite
async def test_a_copy_that_tells_no_version_is_refused(sqlite, sqlite_url, target):
    copier(sqlite_url).make(target)
    with closing(sqlite3.connect(target)) as harmed, harmed:
        harmed.execute("DELETE FROM alembic_version")
    with pytest.raises(CopyError, match="백업 파일이 아니거나 깨졌습니다"):
        copier(sqlite_url).examine(target)


def test_without_the_tools_of_postgresql_it_is_told_which_is_missing(tmp_path, target):
    with pytest.raises(CopyError, match="pg_dump 프로그램이 필요합니다"):
        copier("postgresql+asyncpg://a@b/c", tmp_path).make(target)


async def test_what_stands_on_a_disk_that_only_reads_is_copied_with_its_log(sqlite, sqlite_url, target, monkeypatch):
    real, live = copying._copy, file_of(sqlite_url)

    def refuses(path, to):
        if path == live:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        real(path, to)

    await answer(sqlite, "1")
    monkeypatch.setattr(copying, "_copy", refuses)
    monkeypatch.setattr(copying.os, "access", lambda *_: False)
    copier(sqlite_url).make(target)
    assert await answered_in(f"sqlite+aiosqlite:///{target}") == {"1": "답: 1"}

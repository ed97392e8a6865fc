"""Backup and restore as an operator types them: beside the service, never over anything unasked, the key apart."""

import asyncio
import resource
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from alembic import command
from sqlalchemy import select

from bot.keeping import rotating
from storage.engine import pulse, schema
from storage.engine.opening import file_of, open_database
from storage.tables import journal
from tests.support.commands import bot
from tests.support.databases.backups import TOOLS, answer, answered_in
from tests.support.databases.kinds import postgres_copy
from tests.support.domain import KEY, SEAL, write_key


@pytest.fixture
def url(sqlite_url):
    return sqlite_url


@pytest.fixture
def on(url):
    """What is done in the database of this district."""

    def do(work):
        async def once():
            database = await open_database(url, SEAL)
            try:
                return await work(database)
            finally:
                await database.close()

        return asyncio.run(once())

    return do


@pytest.fixture
def backed_up(config, on, tmp_path):
    """A backup that holds one message, and what has been said since."""
    on(lambda database: answer(database, "first"))
    assert bot(config, "backup", f"{tmp_path}/our.backup")[0] == 0
    on(lambda database: answer(database, "later"))
    return tmp_path / "our.backup"


def test_a_backup_beside_a_running_service_tells_that_it_is_whole_and_where_the_key_is(config, on, tmp_path):
    async def serve(database):
        database.serve()
        await answer(database, "1")
        return await asyncio.to_thread(bot, config, "backup", f"{tmp_path}/our.backup")

    code, said = on(serve)
    assert (code, f"{tmp_path}/our.backup: 백업했습니다" in said, "온전합니다" in said) == (0, True, True)
    assert f"열쇠 파일({tmp_path}/baeumtok.key)은 들어 있지 않습니다" in said
    assert KEY.hex().encode() not in (tmp_path / "our.backup").read_bytes()
    assert (tmp_path / "our.backup").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_not_written_over_another_file_or_over_what_the_service_lives_by(config, backed_up, url, tmp_path):
    before = backed_up.read_bytes()
    assert "--force" in bot(config, "backup", f"{backed_up}")[1]
    assert backed_up.read_bytes() == before
    for own in (f"{file_of(url)}", f"{tmp_path}/baeumtok.key"):
        code, said = bot(config, "backup", own, "--force")
        assert (code, "지금 쓰는 파일" in said) == (1, True)
    assert bot(config, "backup", f"{backed_up}", "--force")[0] == 0


def test_a_backup_leaves_nothing_where_it_can_not_be_written(config, tmp_path):
    code, said = bot(config, "backup", f"{tmp_path}/nowhere/our.backup")
    assert (code, "폴더를 먼저 만들거나" in said) == (1, True)


@pytest.mark.parametrize("content", [b"", b"no database at all"])
def test_what_can_not_be_backed_up_is_named_as_the_database_and_not_as_the_copy(config, tmp_path, url, content):
    file_of(url).write_bytes(content)
    ended, said = bot(config, "backup", str(tmp_path / "today.db"))
    assert (ended, ".tmp" in said, "디스크에 자리" in said) == (1, False, False), said
    assert "데이터베이스" in said


def test_who_made_a_backup_stands_in_the_journal(config, backed_up, on):
    (row,) = on(lambda database: database.read(lambda tx: tx.execute(select(journal)).all()))
    assert (row.action, row.args) == ("backup", {"file": "our.backup"})


def test_a_restore_is_refused_while_the_service_runs_and_unless_it_is_said(config, on, backed_up, url):
    async def serve(database):
        database.serve()
        return await asyncio.to_thread(bot, config, "restore", f"{backed_up}", "--force")

    code, said = on(serve)
    assert (code, "이미 이 데이터베이스로 실행 중입니다" in said) == (1, True)
    code, said = bot(config, "restore", f"{backed_up}")
    assert (code, "그대로 두었습니다" in said, "--force" in said) == (1, True, True)
    assert len(asyncio.run(answered_in(url))) == 2


def test_a_restore_keeps_what_was_there_beside_it(config, backed_up, url):
    code, said = bot(config, "restore", f"{backed_up}", "--force")
    (kept,) = file_of(url).parent.glob("baeumtok-before-restore-*.db")
    assert (code, f"여기에 남겨 두었습니다: {kept}" in said) == (0, True)
    assert list(asyncio.run(answered_in(url))) == ["first"]
    assert list(asyncio.run(answered_in(f"sqlite+aiosqlite:///{kept}"))) == ["first", "later"]


@pytest.fixture
def another_machine(tmp_path):
    """Another machine, without a database and without a key."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "config.toml").write_text(f'[database]\nurl = "sqlite+aiosqlite:///{folder}/var/our.db"\n')
    return folder


def test_a_backup_restored_elsewhere_works_once_the_key_is_there(another_machine, backed_up, tmp_path):
    code, said = bot(another_machine / "config.toml", "restore", f"{backed_up}")
    assert (code, f"여기에 놓아야 서비스가 시작됩니다: {another_machine}/baeumtok.key" in said) == (0, True)
    assert not (another_machine / "baeumtok.key").exists()
    assert "열쇠 파일이 없습니다" in bot(another_machine / "config.toml", "check")[1]
    shutil.copy(tmp_path / "baeumtok.key", another_machine)
    assert bot(another_machine / "config.toml", "check")[0] == 0
    assert list(asyncio.run(answered_in(f"sqlite+aiosqlite:///{another_machine}/var/our.db"))) == ["first"]


def test_a_backup_of_another_key_is_refused_before_anything_is_changed(another_machine, backed_up):
    (another_machine / "baeumtok.key").write_text("00" * 32)
    code, said = bot(another_machine / "config.toml", "restore", f"{backed_up}")
    assert (code, "다른 열쇠로 잠겨 있습니다" in said, (another_machine / "var").exists()) == (1, True, False)


def test_a_damaged_database_is_put_aside_with_its_log(config, backed_up, url):
    file_of(url).write_bytes(b"broken" * 2000)
    assert bot(config, "restore", f"{backed_up}", "--force")[0] == 0
    assert list(asyncio.run(answered_in(url))) == ["first"]


@pytest.mark.parametrize("content", [None, b"", b"words"])
def test_what_is_no_backup_is_refused(config, tmp_path, content):
    if content is not None:
        (tmp_path / "odd").write_bytes(content)
    code, said = bot(config, "restore", f"{tmp_path}/odd", "--force")
    assert (code, "Traceback" in said, "backup으로 만든" in said or "백업 파일이 아니거나" in said) == (1, False, True)


@pytest.fixture
def outdated(url, on):
    """The database is that of an older program."""
    file_of(url).unlink()
    on(lambda database: database.write(lambda tx: command.upgrade(schema._config(tx), "0018")))


def test_a_migration_makes_a_backup_first(config, url, outdated):
    code, said = bot(config, "migrate")
    (made,) = file_of(url).parent.glob("baeumtok-before-*.db")
    assert (code, f"바꾸기 전에 백업했습니다: {made}" in said) == (0, True)
    assert sqlite3.connect(made).execute("SELECT version_num FROM alembic_version").fetchone() == ("0018",)
    assert "이미 최신" in bot(config, "migrate")[1]


def test_a_migration_that_can_not_be_backed_up_changes_nothing_unless_it_is_said(config, outdated, tmp_path):
    (tmp_path / "file").touch()
    config.write_text(config.read_text() + '[backup]\nfolder = "file"\n')
    code, said = bot(config, "migrate")
    assert (code, "바꾸지 않았습니다" in said, "--without-backup" in said) == (1, True, True)
    assert bot(config, "migrate", "--without-backup")[0] == 0


def test_an_act_is_not_done_by_a_clock_that_is_wrong_unless_an_operator_vouches_for_it(config, on, tmp_path):
    later = datetime.now(UTC) + timedelta(hours=3)
    on(lambda database: database.write(lambda tx: pulse.believe(tx, later)))
    (tmp_path / "courses.csv").write_text("과정번호,과정명\n", encoding="utf-8")
    acting = ("set-aside", "9", "--device", "a", "--hour", "2026-11-23 10", "--yes")
    assert "시계가 맞지 않는 듯해 하지 않았습니다" in bot(config, *acting)[1]
    code, said = bot(config, "trust-clock")
    assert (code, "시계가 맞다고 적어 두었습니다" in said) == (0, True)
    assert "시계가 맞지 않는" not in bot(config, *acting)[1]


def test_a_database_that_is_damaged_is_told_in_a_sentence(config, url):
    file_of(url).write_bytes(b"broken" * 2000)
    code, said = bot(config, "surveys")
    assert (code, "열 수 없습니다" in said, "Traceback" in said) == (1, True, False)


@pytest.mark.parametrize("words", [("kiosk", "--allow", "창구"), ("backup", "b.db")])
def test_a_disk_that_takes_no_more_is_told_in_a_sentence(config, monkeypatch, tmp_path, words):
    monkeypatch.chdir(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (34_000, limits[1]))
    try:
        code, said = bot(config, *words)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (code, "디스크" in said, "Traceback" in said) == (1, True, False)
    assert not list(tmp_path.glob("*.tmp"))


def test_on_postgresql_too_a_backup_is_restored_only_where_it_is_said_and_nobody_is_connected(
    tmp_path, postgres_folder
):
    here = asyncio.run(postgres_copy(postgres_folder))
    (tmp_path / "config.toml").write_text(f'[database]\nurl = "{here}"\n[backup]\ntools = "{TOOLS}"\n')
    write_key(tmp_path)
    ask = partial(bot, tmp_path / "config.toml")
    assert ask("backup", f"{tmp_path}/our.dump")[0] == 0

    async def while_connected():
        database = await open_database(here, SEAL)
        await answer(database, "later")
        refused = await asyncio.to_thread(ask, "restore", f"{tmp_path}/our.dump", "--force")
        await database.close()
        return refused[1]

    assert "멈춘 뒤에 다시" in asyncio.run(while_connected())
    assert "--force" in ask("restore", f"{tmp_path}/our.dump")[1]
    assert ask("restore", f"{tmp_path}/our.dump", "--force")[0] == 0
    assert (asyncio.run(answered_in(here)), len(list(tmp_path.glob("baeumtok-before-restore-*.dump")))) == ({}, 1)


@pytest.fixture
def rotated(config, backed_up, monkeypatch):
    """What is told when the key was changed after the backup."""
    monkeypatch.setattr(rotating, "GRACE", 0.05)
    code, said = bot(config, "rotate-key")
    assert code == 0, said
    return said


def test_a_key_is_changed_by_one_command_that_tells_what_to_keep(config, rotated):
    assert [word for word in ("2줄을 새 열쇠로", "사본", "이전의 백업은 이전 열쇠로만") if word not in rotated] == []
    assert KEY.hex() not in (config.parent / "baeumtok.key").read_text()
    assert bot(config, "persons")[0] == 0


def test_a_backup_from_before_needs_the_key_from_before(config, rotated, backed_up, url, on):
    code, said = bot(config, "restore", f"{backed_up}", "--force")
    assert (code, "바꾸기 전의 파일이어야 하고" in said, "아무것도 바꾸지 않았습니다" in said) == (1, True, True), said
    write_key(config.parent)
    assert bot(config, "restore", f"{backed_up}", "--force")[0] == 0
    assert asyncio.run(answered_in(url)) == {"first": "답: first"}

"""An officer's mistake, and a machine that can't, are told in a sentence: never a traceback."""

import io
import os
import socket
import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from bot.__main__ import main
from bot.terminal import asking, command, failing
from handlers.staff.desk.told import Told
from tests.support.commands import bot, process
from tests.support.domain import write_key


def test_a_reader_who_has_seen_enough_ends_a_command_quietly(config):
    bot(config, "migrate")
    assert process(config, "outbox", is_read=False)[::2] == (0, "")


def unread() -> io.TextIOWrapper:
    """A pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", encoding="utf-8")


def test_what_nobody_reads_hinders_nothing_that_is_still_to_be_done(monkeypatch):
    with unread() as pipe:
        monkeypatch.setattr("sys.stdout", pipe)
        assert command.tell(Told("끝냈습니다.")) == 0
        asking.say("더 할 말")
        monkeypatch.undo()


def test_help_that_nobody_reads_ends_quietly(monkeypatch, capsys):
    with unread() as pipe:
        monkeypatch.setattr("sys.stdout", pipe)
        monkeypatch.setattr("sys.argv", ["bot", "--help"])
        assert main() == 1
        monkeypatch.undo()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-"])
def test_a_stream_that_is_closed_from_the_start_hinders_nothing(config, closed):
    shell = ("sh", "-c", f'exec "$0" -m bot "$@" {closed}', sys.executable)
    bot(config, "migrate")
    ended, _, err = process(config, "outbox", program=shell)
    assert (ended, err) == (0, "")


def test_an_officer_whose_number_has_no_name_on_this_machine_is_written_down_by_the_number(config, monkeypatch):
    bot(config, "migrate")
    monkeypatch.setattr("getpass.getuser", lambda: {}["uid not found"])
    assert bot(config, "outbox")[0] == 0
    assert command.officer().name == f"사용자 {os.getuid()}"


@pytest.mark.parametrize(
    ("connection", "where"),
    [
        ("203.0.113.7 51000 10.0.0.5 22", "203.0.113.7"),
        ("2001:db8::7 51000 2001:db8::1 22", "2001:db8::7"),
        ("/home/somebody 1", socket.gethostname()),
        ("", socket.gethostname()),
    ],
)
def test_an_officer_acts_from_the_address_that_they_came_from_or_from_this_machine(monkeypatch, connection, where):
    monkeypatch.setenv("SSH_CONNECTION", connection)
    assert command.officer().origin == where


NOT_UTF_8 = os.fsdecode("강좌".encode("cp949"))  # as older programs unpack what was named on Windows


def test_a_file_whose_name_is_not_utf_8_is_backed_up_into(config, tmp_path):
    bot(config, "migrate")
    assert bot(config, "backup", str(tmp_path / f"{NOT_UTF_8}.db"))[0] == 0


def test_words_that_are_not_utf_8_are_refused_in_a_sentence(config):
    bot(config, "migrate")
    ended, said = bot(config, "missed", "--wish", NOT_UTF_8, "--yes")
    assert (ended, "읽을 수 없는 글자" in said) == (1, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("draw T --verify {folder}", "파일이 없습니다"),
        ("draw T --verify {folder}/picture.png", "글자를 읽을 수 없습니다"),
        ("import {folder}", "파일만 읽습니다"),
        ("import {folder}/none.xlsx", "파일을 열 수 없습니다"),
        ("import {folder}/folder.xlsx", "파일을 열 수 없습니다"),
        ("import {folder}/~$courses.xlsx", "엑셀이 ‘courses.xlsx’ 파일을 열어 둔 동안만"),
        ("import {folder}/picture.png", "파일만 읽습니다"),
        ("import --template {folder}/form.pdf", "양식은 .xlsx 파일로만 만들 수 있습니다"),
        ("import --template {folder}/form", "양식은 .xlsx 파일로만 만들 수 있습니다"),
        ("import --template {folder}", "폴더입니다. 파일 이름까지 적어 주세요"),
    ],
)
def test_what_is_no_file_of_the_kind_is_refused_in_a_sentence(config, tmp_path, words, told):
    bot(config, "migrate")
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe\x00\x81")
    ended, said = bot(config, *words.format(folder=tmp_path).split())
    assert (ended in (1, 2), told in said) == (True, True), said


@pytest.mark.parametrize("pressed", [KeyboardInterrupt, EOFError])
def test_who_breaks_off_at_the_question_changes_nothing(monkeypatch, capsys, pressed):
    def ask(_: str) -> str:
        raise pressed

    monkeypatch.setattr("builtins.input", ask)
    assert asking.answer("그대로 할까요?") == ""


def test_a_command_that_is_broken_off_ends_as_shells_expect(monkeypatch, capsys):
    def press(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.argv", ["bot", "outbox"])
    monkeypatch.setattr(command.settings, "load", press)
    assert main() == 130
    assert capsys.readouterr().err == "\n멈추었습니다.\n"


def failed(*statements: str, path: Path | None = None, mode: str = "rwc") -> DBAPIError:
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(f"file:{path}?mode={mode}", uri=True, timeout=0)
    )
    try:
        with engine.connect() as connection:
            for each in statements:
                connection.execute(text(each))
    except DBAPIError as error:
        return error
    raise AssertionError("it can")


def test_a_database_that_can_not_be_written_or_is_none_is_explained(tmp_path):
    sqlite3.connect(tmp_path / "a.db").execute("CREATE TABLE a (b)")
    (tmp_path / "b.db").write_bytes(b"no database at all" * 100)
    read_only = failed("INSERT INTO a VALUES (1)", path=tmp_path / "a.db", mode="ro")
    full = failed("PRAGMA max_page_count = 2", "CREATE TABLE c (d)", "CREATE TABLE e (f)", path=tmp_path / "a.db")
    none = failed("SELECT * FROM a", path=tmp_path / "b.db")
    missing = failed("SELECT 1", path=tmp_path / "none.db", mode="ro")
    said = [failing.words(error).partition(".")[0] for error in (read_only, full, none, missing)]
    assert said == [
        "데이터베이스에 쓸 수 없습니다",
        "데이터베이스가 있는 디스크가 가득 찼습니다",
        "데이터베이스 파일이 아니거나 깨졌습니다",
        "데이터베이스를 열 수 없습니다",
    ]


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(("name", "told"), [("", "폴더가 있거나"), ("not.db", "데이터베이스 파일이 아니거나")])
def test_a_folder_or_another_file_in_place_of_the_database_is_refused_in_a_sentence(tmp_path, name, told):
    write_key(tmp_path)
    (tmp_path / "not.db").write_bytes(b"no database at all" * 100)
    (tmp_path / "config.toml").write_text(f'[database]\nurl = "sqlite+aiosqlite:///{tmp_path}/{name}"\n')
    ended, said = bot(tmp_path / "config.toml", "outbox")
    assert (ended, told in said) == (1, True), said


def test_a_server_that_can_not_be_reached_is_told_without_its_password(tmp_path):
    write_key(tmp_path)
    (tmp_path / "config.toml").write_text('[database]\nurl = "postgresql+asyncpg://u:hush@127.0.0.1:1/x"\n')
    ended, said = bot(tmp_path / "config.toml", "outbox")
    assert (ended, "서버가 꺼져 있거나 주소와 포트가 다릅니다" in said, "hush" in said) == (1, True, False), said


def test_a_bug_is_not_taken_for_an_officers_mistake(tmp_path):
    assert failing.words(failed("SELECT nothing", path=tmp_path / "a.db")) == ""
    assert failing.words(OSError("no number")) == ""


def test_what_a_terminal_has_no_sign_for_is_shown_as_another_sign(monkeypatch):
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="cp949")
    monkeypatch.setattr("sys.stdout", narrow)
    failing.bear_any_sign()
    asking.say("커피 ☕ 😀")
    monkeypatch.undo()
    assert narrow.buffer.getvalue().decode("cp949") == "커피 ? ?\n"

"""Files with people's data leave for a purpose that is written down, and where it is asked for behind a password."""

import asyncio
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook
from sqlalchemy import func, select

from storage.audit.journal import PERSON
from storage.engine.opening import open_database
from storage.tables import enrollments, journal, journal_subjects, residents
from tests.support.commands import at_terminal, bot
from tests.support.domain import SEAL

pytestmark = pytest.mark.usefixtures("filled")
LIST = ("complete", "DEMO-12", "--list", "-o")
NAME = "나는야유일한이름"


@pytest.fixture
def entries(sqlite_url):
    """The looks that the journal holds: what was seen, what for, in what kind of file, and of how many people."""

    def read():
        async def once():
            database = await open_database(sqlite_url, SEAL)
            rows = await database.read(lambda tx: tx.execute(_looks()).all())
            await database.close()
            return [(row.action, row.purpose, row.args.get("output"), row.people) for row in rows]

        return asyncio.run(once())

    return read


def _looks():
    whose = (journal_subjects.c.entry_id == journal.c.id, journal_subjects.c.kind == PERSON)
    people = select(func.count()).where(*whose).scalar_subquery()
    return select(journal, people.label("people")).order_by(journal.c.id)


@pytest.fixture
def protecting(config, sqlite_url):
    """The district protects its files; everybody in its courses has one name."""

    async def rename():
        database = await open_database(sqlite_url, SEAL)
        ids = select(enrollments.c.resident_id)
        await database.write(lambda tx: tx.execute(residents.update().where(residents.c.id.in_(ids)).values(name=NAME)))
        await database.close()

    asyncio.run(rename())
    config.write_text(config.read_text() + "[downloads]\nprotect = true\n")
    return config


def test_a_file_with_names_is_made_for_a_purpose_which_is_kept(config, entries, tmp_path):
    path = tmp_path / "list.xlsx"
    ended, said = bot(config, *LIST, str(path), "--purpose", "수료증 발송")
    assert (ended, "18줄을 적었습니다" in said) == (0, True), said
    assert entries() == [("look/complete", "수료증 발송", ".xlsx", 18)]


@pytest.mark.parametrize("more", [(), ("--yes",), ("--purpose", " "), ("--purpose", "010-0000-0001로 보냄")])
def test_without_a_purpose_there_is_no_file_and_the_look_was_refused(config, entries, tmp_path, more):
    path = tmp_path / "list.xlsx"
    ended, said = bot(config, *LIST, str(path), *more)
    assert (ended, path.exists(), "--purpose" in said or "전화번호는" in said) == (1, False, True), said
    assert [(action, purpose) for action, purpose, *_ in entries()] == [("refused/complete", "")]


def test_at_a_terminal_the_purpose_is_asked_for(config, entries, tmp_path):
    path = tmp_path / "list.csv"
    ended, said = at_terminal(config, *LIST, str(path), until="무엇에 쓰시나요", presses="출석부\n".encode())
    assert (ended, path.exists()) == (0, True), said
    assert [entry[1:3] for entry in entries()] == [("출석부", ".csv")]


def test_a_list_without_names_asks_for_none(config, entries, tmp_path):
    assert bot(config, "surveys", "-o", str(tmp_path / "surveys.csv"))[0] == 0
    assert bot(config, "counseling", "--year", "2026", "-o", str(tmp_path / "year.xlsx"))[0] == 0
    assert {entry[1:] for entry in entries()} == {("", ".csv", 0), ("", ".xlsx", 0)}


def test_names_that_stand_below_rows_are_names_too(config, tmp_path):
    today = datetime.now(UTC).date()
    words = ("rehearse", "--from", f"{today}", "--to", f"{today + timedelta(50)}", "-o", str(tmp_path / "list.csv"))
    assert bot(config, *words)[0] == 0
    assert "--purpose" in bot(config, *words, "--names", "--force")[1]


def test_a_protected_file_opens_with_its_password_alone(protecting, entries, tmp_path, sqlite_url):
    path = tmp_path / "list.xlsx"
    ended, said = bot(protecting, *LIST, str(path), "--purpose", "출석부")
    (password,) = re.findall(r"비밀번호: ([a-z2-9-]{23}) ", said)
    assert (ended, NAME in opened(path, password)) == (0, True)
    with pytest.raises(InvalidKeyError):
        opened(path, password[::-1])
    assert not zipfile.is_zipfile(path)
    assert [encoding for encoding in ("utf-8", "utf-16-le") if NAME.encode(encoding) in path.read_bytes()] == []
    assert password not in str(entries())


def opened(path, password):
    """All that a sheet says, as whoever has the password reads it."""
    with path.open("rb") as file:
        locked, content = OOXMLFile(file), io.BytesIO()
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(content)
    return str([[cell.value for cell in row] for row in load_workbook(content).worksheets[0].iter_rows()])


def test_what_can_not_be_protected_is_refused_and_what_names_nobody_is_not(protecting, tmp_path):
    ended, said = bot(protecting, *LIST, str(tmp_path / "list.csv"), "--purpose", "출석부")
    assert (ended, ".csv 파일은 잠글 수 없습니다" in said, list(tmp_path.glob("*.csv"))) == (1, True, []), said
    assert bot(protecting, "surveys", "-o", str(tmp_path / "surveys.csv"))[0] == 0
    assert bot(protecting, "surveys", "-o", str(tmp_path / "surveys.xlsx"))[0] == 0
    assert zipfile.is_zipfile(tmp_path / "surveys.xlsx")

"""Every list goes into a file as well: with all its rows, for its writer alone, and over no other file."""

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from openpyxl import load_workbook

from bot import demo
from bot.settings import Settings
from storage.opening import open_database
from tests.support.commands import bot
from tests.support.domain import SEAL


@pytest_asyncio.fixture(autouse=True)
async def _filled(sqlite_url: str) -> None:
    """The district has the demo's courses."""
    database = await open_database(sqlite_url, SEAL)
    await database.write(lambda tx: demo.fill(tx, datetime.now(UTC), Settings().to_organization()))
    await database.close()


def rows(path) -> list[list[object]]:
    return [[cell.value for cell in line] for line in load_workbook(path).worksheets[0].iter_rows()]


@pytest.mark.parametrize(
    ("words", "columns", "count"),
    [
        ("complete DEMO-12 --list", ("신청번호", "이름", "태어난 해", "휴대전화", "결과"), 18),
        ("select DEMO-15 --list", ("순서", "신청번호", "묶음", "이름", "태어난 해", "휴대전화"), 9),
        ("applications DEMO-12", ("신청번호", "상태", "이름", "태어난 해", "휴대전화"), 18),
    ],
)
def test_a_list_of_people_goes_into_a_file_that_is_its_writers_alone(config, tmp_path, words, columns, count):
    ended, said = bot(config, *words.split(), "-o", str(tmp_path / "list.xlsx"))
    assert (ended, f"{count}줄을 적었습니다.\n개인정보가 들어 있습니다" in said) == (0, True), said
    head, *lines = rows(tmp_path / "list.xlsx")
    assert (tuple(head[: len(columns)]), len(lines)) == (columns, count)
    assert (tmp_path / "list.xlsx").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "words",
    ["outbox", "counseling", "counseling --year 2026", "instructors", "missed", "persons", "surveys", "kiosk",
     "postings", "undo", "applications", "rehearse --from {today} --to {later}"],
)  # fmt: skip
def test_every_list_can_go_to_a_file_or_says_that_it_is_empty(config, tmp_path, words):
    today = datetime.now(UTC).date()
    words = words.format(today=today, later=today + timedelta(days=7))
    ended, said = bot(config, *words.split(), "-o", str(tmp_path / "list.csv"))
    assert ended == 0, said
    assert (tmp_path / "list.csv").exists() != ("파일은 만들지 않았습니다" in said)


def test_a_list_is_written_over_another_file_only_when_that_is_said(config, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("old")
    words = ("complete", "DEMO-12", "--list", "-o", str(path))
    ended, said = bot(config, *words)
    assert (ended, "이미 있는 파일이라 그대로 두었습니다" in said, path.read_text()) == (1, True, "old")
    assert bot(config, *words, "--force")[0] == 0
    assert path.read_text("utf-8-sig").startswith("신청번호,이름,")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("complete DEMO-12 --list -o {folder}/list.pdf", 1, "목록은 .xlsx·.csv 파일로만 만들 수 있습니다"),
        ("complete DEMO-12 --list -o {folder}", 1, "목록은 .xlsx·.csv 파일로만"),
        ("complete DEMO-12 --list -o {folder}/none/list.csv", 1, "폴더가 없습니다"),
        ("complete DEMO-12 --all -o {folder}/list.csv", 2, "-o는 목록을 볼 때만"),
        ("undo 1 -o {folder}/list.csv", 2, "-o는 목록을 볼 때만"),
    ],
)
def test_a_file_that_can_not_be_is_refused(config, tmp_path, words, code, told):
    ended, said = bot(config, *words.format(folder=tmp_path).split())
    assert (ended, told in said) == (code, True), said

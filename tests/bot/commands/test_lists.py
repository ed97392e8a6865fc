"""Every list goes into a file as well: with all its rows, for its writer alone, and over no other file."""

from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from tests.support.commands import bot, commands

pytestmark = pytest.mark.usefixtures("filled")


def rows(path) -> list[list[object]]:
    return [[cell.value for cell in line] for line in load_workbook(path).worksheets[0].iter_rows()]


PURPOSE = ("--purpose", "출석부")
WHO = ("이름", "태어난 해", "휴대전화")
LISTS = (
    "outbox", "counseling", "counseling --year 2026", "instructors", "missed", "persons", "surveys", "kiosk",
    "postings", "undo", "applications", "access-log", "application DEMO-01 1", "calls", "courses", "holds", "messages",
    "attendance DEMO-12", "attendance DEMO-12 --class 1", "officers",
    "qualifications", "unsure DEMO-30", "sources", "push-file",
    "targets", "costs", "budget 2023", "log", "year-rows --of plan", "demand", "rehearse --from {today} --to {later}",
)  # fmt: skip


def test_a_list_of_people_goes_into_a_file_that_is_its_writers_alone(config, tmp_path):
    for words, columns, count in (
        ("complete DEMO-12 --list", ("신청번호", *WHO, "결과"), 18),
        ("select DEMO-15 --list", ("순서", "신청번호", "묶음", *WHO), 9),
        ("applications DEMO-12", ("신청번호", "상태", *WHO), 18),
    ):
        ended, said = bot(config, *words.split(), "-o", str(tmp_path / "list.xlsx"), "--force", *PURPOSE)
        assert (ended, f"{count}줄을 적었습니다.\n개인정보가 들어 있습니다" in said) == (0, True), said
        head, *lines = rows(tmp_path / "list.xlsx")
        assert (tuple(head[: len(columns)]), len(lines)) == (columns, count)
    assert (tmp_path / "list.xlsx").stat().st_mode & 0o777 == 0o600


def test_every_list_can_go_to_a_file_or_says_that_it_is_empty(config, tmp_path):
    today = datetime.now(UTC).date()
    for number, words in enumerate(LISTS):
        path = tmp_path / f"{number}.csv"
        ended, said = bot(
            config, *words.format(today=today, later=today + timedelta(7)).split(), "-o", str(path), *PURPOSE
        )
        assert ended == 0, said
        assert path.exists() != ("파일은 만들지 않았습니다" in said), words
    assert len(list(tmp_path.glob("*.csv"))) > 3


def test_every_command_that_lists_takes_a_file():
    takes = {name for name, command in commands().items() if "-o" in command._option_string_actions}
    assert {words.split()[0] for words in LISTS} | {
        "complete",
        "select",
        "results",
        "certificates",
        "year",
        "half-year",
        "kakao-templates",  # a form to send in
    } == takes


def test_a_list_is_written_over_another_file_only_when_that_is_said(config, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("old")
    words = ("complete", "DEMO-12", "--list", "-o", str(path), *PURPOSE)
    ended, said = bot(config, *words)
    assert (ended, "이미 있는 파일이라 그대로 두었습니다" in said, path.read_text()) == (1, True, "old")
    assert bot(config, *words, "--force")[0] == 0
    assert path.read_text("utf-8-sig").startswith("신청번호,이름,")


def test_a_file_that_can_not_be_is_refused(config, tmp_path):
    for words, code, told in (
        ("complete DEMO-12 --list -o {folder}/list.pdf", 1, "목록은 .xlsx·.csv 파일로만 만들 수 있습니다"),
        ("complete DEMO-12 --list -o {folder}", 1, "목록은 .xlsx·.csv 파일로만"),
        ("complete DEMO-12 --list -o {folder}/none/list.csv", 1, "폴더가 없습니다"),
        ("complete DEMO-12 --all -o {folder}/list.csv", 2, "-o는 목록을 볼 때만"),
        ("undo 1 -o {folder}/list.csv", 2, "-o는 목록을 볼 때만"),
    ):
        ended, said = bot(config, *words.format(folder=tmp_path).split(), *PURPOSE)
        assert (ended, told in said) == (code, True), said

"""The attendance of a course as a file, by the command that brings in files."""

import csv

import pytest

from tests.support.commands import bot

pytestmark = pytest.mark.usefixtures("filled")


def test_a_sheet_is_made_for_a_purpose_filled_in_checked_and_brought_in(config, tmp_path):
    path = tmp_path / "attendance.csv"
    template = ("import", "--attendance", "DEMO-12", "--template", str(path))
    ended, said = bot(config, *template)
    assert (ended, "목적을 함께 적어 주세요" in said, path.exists()) == (1, True, False), said
    assert bot(config, *template, "--purpose", "종이 출석부 옮겨 적기")[0] == 0
    ended, said = bot(config, "import", "--attendance", "DEMO-12", str(path), "--check")
    assert (ended, "새로 0칸, 바뀜 0칸" in said) == (0, True), said
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][2] = "인정결석"
    path.write_text("\n".join(map(",".join, rows)))
    brings = ("import", "--attendance", "DEMO-12", str(path))
    ended, said = bot(config, *brings)
    assert (ended, "아직 하지 않았습니다. 이렇게 됩니다." in said) == (1, True), said
    assert "새로 1칸" in bot(config, *brings, "--yes")[1]
    assert "새로 0칸, 바뀜 0칸, 그대로 1칸" in bot(config, *brings, "--yes")[1]
    rows[1][2] = "?"
    path.write_text("\n".join(map(",".join, rows)))
    ended, said = bot(config, *brings, "--yes")
    assert (ended, "2행 C열" in said) == (1, True), said


def test_it_is_no_import_of_answers(config, tmp_path):
    assert bot(config, "import", "--attendance", "DEMO-12", "--answers", "수요조사", str(tmp_path / "a.csv"))[0] == 2

"""What officers type for a report and for what residents want: how it ends, and what it says."""

import json

import pytest

from tests.support.commands import bot


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("half-year 2026 상", 0, "2026년 상반기 직업교육 결과보고"),
        ("half-year 2026 하반기", 0, "2026년 하반기에 시작한 과정이 없습니다"),
        ("half-year 2026", 0, "12. 붙임"),
        ("half-year 2026 봄", 2, "상 또는 하로 적어 주세요"),
        ("half-year 26", 2, "연도를 네 자리로"),
        ("half-year", 2, "명령을 잘못 쓰셨습니다"),
        ("demand", 0, "아직 과정도, 바라는 강좌도 없습니다"),
        ("demand 2025", 0, "2025년에는 아직 과정도"),
    ],
)
def test_a_command_ends_as_scripts_rely_on(config, words, code, told):
    ended, said = bot(config, *words.split())
    assert (ended, told in said) == (code, True), said


@pytest.mark.parametrize("kind", [".xlsx", ".json"])
def test_a_report_goes_into_a_file(config, tmp_path, kind):
    path = tmp_path / f"report{kind}"
    ended, said = bot(config, "half-year", "2026", "상", "-o", str(path))
    assert (ended, "2026년 상반기 직업교육 결과보고를 적었습니다" in said) == (0, True), said
    if kind == ".json":
        assert len(json.loads(path.read_text())["sections"]) == 12
    assert bot(config, "half-year", "2026", "상", "-o", str(path))[0] == 1


def test_a_file_that_is_no_report_is_declined_before_anything_is_read(config, tmp_path):
    ended, said = bot(config, "half-year", "2026", "-o", str(tmp_path / "report.docx"))
    assert (ended, "결과보고는 .xlsx" in said) == (1, True), said

"""kakao-templates: the form to send in, what is approved, and what the district's own sender said."""

import pytest
from openpyxl import load_workbook

from handlers.notices.templates import TEXTS
from tests.support.commands import bot

pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture
def with_file(config):
    config.write_text(config.read_text() + "\n[pushes]\nfile = true\n")
    return config


def test_the_form_is_written_into_a_book_and_over_no_other_file(config, tmp_path):
    path = tmp_path / "form.xlsx"
    ended, said = bot(config, "kakao-templates", "-o", str(path))
    assert (ended, f"템플릿 {len(TEXTS)}개를 적었습니다" in said) == (0, True), said
    assert load_workbook(path).worksheets[0].max_row == len(TEXTS) + 1
    ended, said = bot(config, "kakao-templates", "-o", str(path))
    assert (ended, "--force" in said) == (1, True)
    assert bot(config, "kakao-templates", "-o", str(tmp_path / "form.pdf"))[0] == 1


def test_without_more_all_texts_are_printed_and_in_the_text_file_as_well(config, tmp_path):
    ended, said = bot(config, "kakao-templates")
    assert ended == 0
    assert all(line in said for each in TEXTS.values() for line in each.text.splitlines())
    assert bot(config, "kakao-templates", "-o", str(tmp_path / "form.txt"))[0] == 0
    assert TEXTS["offer"].text in (tmp_path / "form.txt").read_text()


def test_what_the_sender_approved_or_refused_is_written_down_and_compared(with_file):
    ended, said = bot(with_file, "kakao-templates", "--approve", "자리 제안", "--code", "T-001")
    assert (ended, "승인된 것으로 적었습니다" in said) == (0, True), said
    ended, said = bot(with_file, "kakao-templates", "--compare")
    assert (ended, f"{len(TEXTS)}가지 가운데 1가지를 보냅니다" in said, "T-001" in said) == (0, True, True), said
    assert bot(with_file, "kakao-templates", "--reject", "자리 제안")[0] == 0
    assert "가운데 0가지를 보냅니다" in bot(with_file, "kakao-templates", "--compare")[1]
    ended, said = bot(with_file, "kakao-templates", "--approve", "강좌 소식", "--code", "1")
    assert (ended, "광고" in said) == (1, True)

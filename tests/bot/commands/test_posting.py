"""What officers type about job postings, beside a database: what they print, and how they end."""

from pathlib import Path

import pytest

from tests.support.commands import bot, process
from tests.support.postings.sources import KEY


@pytest.fixture(autouse=True)
def _feed(config: Path) -> None:
    """A feed that has nobody at the other end."""
    with config.open("a") as settings:
        settings.write(f'[jobs.work24]\nkey = "{KEY}"\nurl = "http://127.0.0.1:9/list"\n')


def test_commands_end_as_scripts_rely_on(config, tmp_path):
    one = ("--company", "예시카페", "--title", "바리스타", "--region", "서울 중구")
    assert bot(config, "import", "--template", f"{tmp_path}/form.xlsx", "--of", "postings")[0] == 0
    assert "새로 1개" in bot(config, "import", f"{tmp_path}/form.xlsx")[1]
    assert bot(config, "add-posting", *one, "--close", "채용시까지") == (
        0,
        "채용공고: 새로 1개, 바뀜 0개, 그대로 0개입니다.\n새로 등록하는 공고입니다.\n"
        "- 예시카페 바리스타: 서울 중구, 마감 채용시까지, 식음료\n",
    )
    assert bot(config, "add-posting", *one, "--close", "언젠가")[0] == 1
    assert bot(config, "add-posting", *one)[0] == 2
    assert "- 직접 입력: 보임 1" in bot(config, "postings")[1]


def test_a_feed_that_can_not_be_reached_is_told_without_its_key(config):
    code, told, logged = process(config, "fetch-postings")
    assert (code, "고용24 실패: 연결하지 못했습니다" in told, KEY in told + logged) == (1, True, False)

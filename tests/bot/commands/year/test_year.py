"""A year at the terminal: what it shows, the policy card as a file, and a quarter from its draft to its freezing."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from storage.engine.opening import open_database
from tests.support.commands import bot
from tests.support.domain import SEAL
from tests.support.year import policy


@pytest.fixture
def of_the_sheet(sqlite_url: str) -> None:
    """What the district's policy sheet says."""

    async def once() -> None:
        database = await open_database(sqlite_url, SEAL)
        await database.write(policy.enter)
        await database.close()

    asyncio.run(once())


@pytest.mark.usefixtures("of_the_sheet")
def test_a_year_is_shown_with_what_to_look_at_and_how_to_go_on(config: Path) -> None:
    ended, said = bot(config, "year", "2023")
    assert ended == 0
    assert "이행률 21%" in said
    assert "인쇄하는 계는 70백만원이지만" in said
    assert "year 2023 --of '직업교육 프로그램(수)'" in said
    assert (
        sum("지난 과정" in line for line in bot(config, "year", "2023", "--of", policy.INDICATOR)[1].splitlines()) == 13
    )


@pytest.mark.usefixtures("of_the_sheet")
def test_the_card_of_a_quarter_is_written_into_a_file_and_over_no_other(config: Path, tmp_path: Path) -> None:
    path = tmp_path / "card.json"
    ended, said = bot(config, "year", "2023", "--quarter", "4", "-o", str(path))
    assert (ended, "2023년 4분기 이행카드를 적었습니다" in said) == (0, True), said
    assert policy.INDICATOR in json.dumps(json.loads(path.read_text()), ensure_ascii=False)
    assert bot(config, "year", "2023", "-o", str(path))[0] == 1
    assert "파일로 적습니다" in bot(config, "year", "2023", "-o", str(tmp_path / "card.doc"))[1]


@pytest.mark.usefixtures("of_the_sheet")
def test_a_quarter_is_drafted_checked_frozen_and_opened_again(config: Path) -> None:
    said = bot(config, "quarter", "2023", "4", "--draft", "--stage", "추진중")[1]
    assert "quarter 2023 4 --check" in said
    assert "quarter 2023 4 --freeze" in bot(config, "quarter", "2023", "4분기", "--check")[1]
    assert "--yes" in bot(config, "quarter", "2023", "4", "--freeze")[1]  # it asks first
    assert re.search("SHA-256\\): [0-9a-f]{64}", bot(config, "quarter", "2023", "4", "--freeze", "--yes")[1])
    assert "4분기  확정" in bot(config, "year", "2023")[1]
    refused, said = bot(config, "quarter", "2023", "4", "--draft")
    assert (refused, "quarter 2023 4 --reopen" in said) == (1, True)
    assert bot(config, "quarter", "2023", "4", "--reopen", "--yes")[0] == 0


def test_a_year_of_which_nothing_was_entered_says_so(config: Path) -> None:
    ended, said = bot(config, "year")
    assert (ended, "공약사업이 없어 이 해만" in said) == (0, True)
    assert "year-rows --of policy" in bot(config, "quarter", "2023", "4", "--draft")[1]


@pytest.mark.parametrize("words", [("quarter", "2023", "5", "--draft"), ("year", "23"), ("quarter", "2023", "4")])
def test_what_is_no_year_and_no_quarter_is_wrong_use(config: Path, words: tuple[str, ...]) -> None:
    assert bot(config, *words)[0] == 2

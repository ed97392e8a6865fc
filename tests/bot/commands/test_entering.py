"""The command that makes an answer sheet and brings answers in, beside a database."""

import asyncio
from pathlib import Path

import pytest
from openpyxl import load_workbook

from storage.engine.opening import open_database
from tests.support.commands import bot
from tests.support.domain import SEAL, School
from tests.support.surveys.desk import Clerk, export
from tests.support.surveys.poll import Office, standard


@pytest.fixture
def clerk(config: Path, sqlite_url: str) -> Clerk:
    """A clerk beside a service in which the survey of needs has been open for long."""

    async def prepare() -> School:
        database = await open_database(sqlite_url, SEAL)
        await Office(School(database)).imports(standard(opens_at="2026-01-01 09:00"))
        await database.close()
        return School(database)

    return Clerk(asyncio.run(prepare()), config.parent, "수요조사")


def imports(clerk: Clerk, *words: str) -> tuple[int, str]:
    return bot(clerk.folder / "config.toml", "import", *words)


def test_the_command_checks_brings_in_and_knows_what_it_brought_in(clerk):
    words = ["--answers", "수요조사", str(clerk.saves("export.csv", *export({}, {})))]
    code, said = imports(clerk, *words, "--check")
    assert (code, "확인만 했습니다" in said, "새로 2건" in said) == (0, True, True), said
    assert "새로 2건, 이미 등록한 것 0건" in imports(clerk, *words)[1]
    assert "새로 0건, 이미 등록한 것 2건" in imports(clerk, *words)[1]


def test_the_command_makes_a_sheet_and_says_how_to_bring_it_in(clerk):
    path = str(clerk.folder / "sheet.xlsx")
    code, said = imports(clerk, "--template", path, "--answers", "수요조사")
    assert (code, f"python -m bot import {path} --answers 수요조사" in said.replace("'", "")) == (0, True), said
    assert load_workbook(path)["응답"]["B1"].value == "N1. 사시는 곳은 어디인가요?"


def test_the_command_ends_as_scripts_rely_on(clerk):
    wrong = str(clerk.saves("wrong.csv", *export({"8. 언제가 좋으세요?": "아무 때"})))
    assert imports(clerk, "--answers", "수요조사", wrong)[0] == 1
    assert imports(clerk, "--answers", "없는조사", wrong)[0] == 1
    assert imports(clerk, "--answers", "수요조사", "--course", "26-01", wrong)[0] == 1
    assert imports(clerk, "--answers", "수요조사")[0] == 2
    assert imports(clerk, "--course", "26-01", wrong)[0] == 2

"""What officers type about surveys, beside a database: what they print, and how they end."""

import json
import re
from datetime import datetime, timedelta

import pytest
import pytest_asyncio

from bot.settings import Settings
from handlers.staff.desk.desk import Desk
from handlers.staff.files.reading import json as json_files
from handlers.staff.surveys.sheets import importing
from storage.asking import rounds
from storage.engine.opening import open_database
from tests.support.commands import bot
from tests.support.domain import SEAL, SEOUL
from tests.support.surveys.ballots import Ballots
from tests.support.surveys.poll import standard

FIGURES = "평균 4.0/5점, 100점 환산 75.0점, 긍정응답률 71% (4·5점)"


def fill(tx):
    """A course of seven and one of four that are over; a survey of needs that six have answered, and that runs."""
    now = datetime.now(SEOUL)
    content = standard(opens_at=f"{now:%Y-%m-%d} 00:00", closes_at=f"{now + timedelta(days=9):%Y-%m-%d} 18:00")
    rows = json_files.read("surveys.json", json.dumps({"surveys": content}).encode())
    importing.import_surveys(tx, Desk(Settings().to_organization(), now), rows)
    of = Ballots(tx, now - timedelta(hours=1))
    of.course({"chat": 7})
    of.course({"paper": 4})
    of.needs({"slip": 6}, lambda _: {"N1": "청구동", "N9": "한식조리"}, closes=False)


@pytest_asyncio.fixture(autouse=True)
async def _surveys(sqlite_url: str) -> None:
    database = await open_database(sqlite_url, SEAL)
    await database.write(fill)
    await database.close()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("results 만족도조사", 0, "응답 11건, 결과에 넣은 것 7건, 가린 것 4건"),
        ("results 만족도조사", 0, FIGURES),
        ("results 만족도조사 --course B2", 0, "결과에 넣은 것 0건, 가린 것 4건"),
        ("results 만족도조사 --course B9", 1, "이런 과정번호가 없습니다"),
        ("results 수요조사", 0, "python -m bot close-survey"),
        ("results 수요조새", 1, "혹시 이 설문인가요?\n- 수요조사"),
        ("results 만족도조사 -o 결과.pdf", 1, ".xlsx·.html·.png 파일만 만들 수 있습니다"),
        ("results 만족도조사 -o /없는폴더/결과.xlsx", 1, "파일을 쓸 수 없습니다"),
        ("results", 2, "설문번호나 --year 가운데 하나"),
        ("results --year 26", 2, "연도를 네 자리로"),
        ("results 만족도조사 --year 2026", 2, "설문번호나 --year 가운데 하나"),
        ("results --year {year}", 0, "만족도조사     2회"),
        ("surveys", 0, "http://127.0.0.1:8080/?start=s"),
        ("close-survey 수요조사", 0, "마감했습니다. 응답 6건"),
        ("close-survey 만족도조사", 1, "이미 마감했습니다"),
        ("close-survey", 2, "명령을 잘못 쓰셨습니다"),
    ],
)
def test_a_command_of_surveys_ends_as_scripts_rely_on(config, words, code, told):
    ended, said = bot(config, *words.format(year=datetime.now(SEOUL).year).split())
    assert (ended, told in said) == (code, True), said


def test_a_survey_is_told_once_it_is_closed(config):
    assert "한식조리" not in bot(config, "results", "수요조사")[1]
    bot(config, "close-survey", "수요조사")
    told = bot(config, "results", "수요조사")[1]
    assert re.search(r"청구동 +6  100%", told)
    assert "- 한식조리" in told


def test_a_code_is_printed_in_two_groups_and_in_addresses_in_one(config):
    told = bot(config, "surveys")[1]
    (line,) = [line for line in told.splitlines() if "(B1)" in line]
    first, second = re.search(r"([0-9A-Z]{4})-([0-9A-Z]{4})", line).groups()
    assert f"/kiosk/{first}{second}\n" in told


@pytest.mark.parametrize("ending", ["xlsx", "html", "png"])
def test_results_are_written_as_a_file_of_any_kind(config, tmp_path, ending):
    file = tmp_path / f"결과.{ending}"
    assert bot(config, "results", "만족도조사", "-o", str(file)) == (0, f"{file} 에 결과를 적었습니다.\n")
    assert file.read_bytes().startswith({"xlsx": b"PK", "html": b"<!doctype html>", "png": b"\x89PNG"}[ending])


async def test_a_round_that_has_many_in_other_courses_is_closed_by_its_course(config, sqlite_url):
    database = await open_database(sqlite_url, SEAL)
    await database.write(lambda tx: _opens_two(tx))
    await database.close()
    said = bot(config, "close-survey", "만족도조사")[1]
    assert "과정을 골라 주세요.\n‘과정 R1’(R1)에서 마감하려면: " in said
    assert f"--course R1 --config {config}\n‘과정 R2’(R2)에서" in said
    assert "마감했습니다. 응답 5건" in bot(config, "close-survey", "만족도조사", "--course", "R2")[1]


def _opens_two(tx):
    of = Ballots(tx, datetime.now(SEOUL) - timedelta(minutes=30))
    for code in ("R1", "R2"):
        of.course({"chat": 5}, closes=False, code=code)
    assert len(rounds.of_code(tx, "만족도조사")) == 4

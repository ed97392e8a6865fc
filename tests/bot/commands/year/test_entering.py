"""What officers enter of a year by commands: how each ends, and what it says."""

import json
import re
import shlex
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.demo import year
from bot.settings import Settings
from handlers.staff.desk.desk import Desk
from storage.engine.opening import open_database
from tests.support.commands import bot
from tests.support.domain import SEAL

pytestmark = pytest.mark.usefixtures("of_years")


@pytest_asyncio.fixture
async def of_years(sqlite_url):
    """The district has the demo's years before the service, and no courses."""
    database = await open_database(sqlite_url, SEAL)
    await database.write(lambda tx: year.fill(tx, Desk(Settings().to_organization(), datetime.now(UTC))))
    await database.close()


def test_each_command_ends_as_scripts_rely_on(config):
    for words, code, told in (
        ("targets 2023", 0, "2023년 목표 1개"),
        ("budget", 0, "예산 5건"),
        ("budget 2019", 0, "2019년 예산 0건"),
        ("log 2022", 0, "주민 설문조사"),
        ("year-rows --of past 2022", 0, "2022년 지난 과정 3개"),
        ("year-rows --of policy", 0, "3-1"),
        ("year-rows", 2, "명령을 잘못 쓰셨습니다"),
        ("year-rows --of budget", 2, "명령을 잘못 쓰셨습니다"),
        ("budget --enter 연도=2023 구분=집행 금액=1,200,000", 1, "아직 하지 않았습니다. 이렇게 됩니다."),
        ("budget --enter 연도=2023 구분=집행 금액=120만원 --yes", 0, "예산: 적었습니다"),
        ("budget --enter 연도=2023 구분=집행 금액=50백만원 --yes", 1, "등록번호 5에 똑같이 적혀 있습니다"),
        ("budget --enter 연도=2023 구분=집행 금액=50백만원 --as-written --yes", 0, "예산: 적었습니다"),
        ("budget --enter 연도=2023 금액=많음 --yes", 1, "‘금액’: ‘많음’ → 금액을 원으로 적어 주세요"),
        ("budget --enter 2023", 2, "열과 값을 ‘열=값’으로 이어 적어 주세요"),
        ("budget --change 5 금액=49백만원 --yes", 0, "50,000,000 → 49,000,000"),
        ("budget --change 5", 2, "열과 값을 ‘열=값’으로"),
        ("budget --change 다섯 금액=1", 2, "열과 값을 ‘열=값’으로"),
        ("budget --change 99 금액=1 --yes", 1, "예산 99: 이런 번호로 적은 것이 없습니다"),
        ("budget --drop 5 --yes", 0, "예산 5: 지웠습니다"),
        ("targets --enter 지표='직업교육 프로그램(수)' 연도=2026 목표값=25 --yes", 1, "같은 지표·연도"),
        ("year-rows --of problems --enter 연도=2025 문제점='강의실이 모자람' --yes", 0, "문제점과 대책: 적었습니다"),
    ):
        ended, said = bot(config, *shlex.split(words))
        assert (ended, told in said) == (code, True), said


def test_a_file_that_was_written_is_brought_in_with_nothing_changed(config, tmp_path):
    for suffix in (".xlsx", ".csv", ".json"):
        path = tmp_path / f"budget{suffix}"
        ended, said = bot(config, "budget", "-o", f"{path}")
        assert (ended, "5줄을 적었습니다" in said) == (0, True), said
        assert path.stat().st_mode & 0o777 == 0o600
        ended, said = bot(config, "import", f"{path}")
        assert (ended, "예산: 새로 0건, 바뀜 0건, 그대로 5건" in said) == (0, True), said


def test_a_file_changes_one_line_and_that_is_undone(config, tmp_path):
    path = tmp_path / "targets.json"
    bot(config, "targets", "2026", "-o", f"{path}")
    content = json.loads(path.read_text())
    content["targets"][0]["목표값"] = 30
    path.write_text(json.dumps(content))
    ended, said = bot(config, "import", "--check", f"{path}")
    assert (ended, "24 → 30" in said) == (0, True), said
    _, said = bot(config, "import", f"{path}")
    assert bot(config, "targets", "2026")[1].split()[-1] == "30"
    ended, _ = bot(config, "undo", re.findall(r"undo (\d+)", said)[0], "--yes")
    assert (ended, bot(config, "targets", "2026")[1].split()[-1]) == (0, "24")


def test_a_file_that_can_not_be_is_refused(config, tmp_path):
    ended, said = bot(config, "budget", "-o", f"{tmp_path}/budget.pdf")
    assert (ended, ".xlsx·.csv·.json 파일로만" in said) == (1, True), said
    ended, said = bot(config, "budget", "2019", "-o", f"{tmp_path}/none.csv")
    assert (ended, "파일은 만들지 않았습니다" in said) == (0, True), said
    assert list(tmp_path.glob("*.csv")) == []

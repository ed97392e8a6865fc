"""What officers decide and look at by commands, beside a database: what they print, and how they end."""

from datetime import datetime, timedelta

import pytest

from tests.support.commands import bot
from tests.support.domain import SEOUL

pytestmark = pytest.mark.usefixtures("filled")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("draw DEMO-10 --without-public-value --yes", 0, "추첨했습니다"),
        ("draw DEMO-10 --value 1 --without-public-value", 2, "명령을 잘못 쓰셨습니다"),
        ("draw DEMO-10 --verify nowhere.csv", 2, "‘nowhere.csv’: 파일이 없습니다"),
        ("draw DEMO-01", 1, "‘선착순’ 과정이라"),
        ("draw DEMO-10 --verify", 1, "아직 추첨하지 않았습니다"),
        ("draw DEMO-10 --verify --write x", 2, "명령을 잘못 쓰셨습니다"),
        ("select DEMO-15 --list", 0, "결정할 신청 9명"),
        ("select DEMO-15", 2, "명령을 잘못 쓰셨습니다"),
        ("select DEMO-15 --accept 1,x", 2, "번호를 쉼표로 이어 적어 주세요"),
        ("close-course DEMO-99 --reason 까닭", 1, "이런 과정번호가 없습니다"),
        ("close-course DEMO-26 --reason 까닭", 1, "아직 하지 않았습니다. 이렇게 됩니다."),
        ("close-course DEMO-26 --reason 까닭 --yes", 0, "폐강했습니다. 까닭: 까닭"),
        ("move-session DEMO-14 2 내일", 1, "날짜와 시각을 적어 주세요"),
        ("move-session DEMO-14 2", 2, "명령을 잘못 쓰셨습니다"),
        ("complete DEMO-12 --list", 0, "수강생 18명"),
        ("complete DEMO-12 --proposed --yes", 1, "출석을 적지 않은 과정이라 제안이 없습니다"),
        ("complete DEMO-12 --waive 1 --yes", 1, "예외로 하는 까닭을 적어 주세요"),
        ("complete DEMO-12 --proposed --all", 2, "명령을 잘못 쓰셨습니다"),
        ("rehearse --from {today} --to {later}", 0, "수업 하루 전"),
        ("rehearse --from {today} --to 언젠가", 2, "날짜를 적어 주세요"),
        ("outbox", 0, "나갈 알림: 0건"),
        ("applications", 0, "몰린 신청이 없습니다"),
        ("applications DEMO-12", 0, "신청 18건, 확인 전 0건"),
        ("check-applications DEMO-12 --all --yes", 1, "확인할 신청이 없습니다"),
        ("end-applications DEMO-12 --all", 2, "명령을 잘못 쓰셨습니다"),
        ("end-applications DEMO-12 --all --reason 까닭", 1, "아직 하지 않았습니다. 이렇게 됩니다."),
        ("end-applications DEMO-12 --all --reason 장난 --junk --yes", 0, "신청한 쪽에는 알리지 않습니다"),
    ],
)
def test_a_command_ends_as_scripts_rely_on(config, words, code, told):
    today = datetime.now(SEOUL).date()
    ended, said = bot(config, *words.format(today=today, later=today + timedelta(days=14)).split())
    assert (ended, told in said) == (code, True), said


def test_a_protocol_is_written_for_anybody(config, tmp_path):
    bot(config, "draw", "DEMO-10", "--without-public-value", "--yes")
    ended, said = bot(config, "draw", "DEMO-10", "--write", str(tmp_path / "protocol.csv"))
    assert (ended, "추첨 기록을 적었습니다" in said) == (0, True)
    assert (tmp_path / "protocol.csv").read_text().startswith("씨앗: ")
    assert bot(config, "draw", "DEMO-10", "--verify", str(tmp_path / "protocol.csv"))[0] == 0


def test_a_protocol_that_can_not_be_written_is_refused_with_its_place(config, tmp_path):
    bot(config, "draw", "DEMO-10", "--without-public-value", "--yes")
    ended, said = bot(config, "draw", "DEMO-10", "--write", str(tmp_path))
    assert (ended, said.startswith(f"{tmp_path}: 파일을 쓸 수 없습니다")) == (1, True)


def test_an_old_database_is_refused_with_what_to_do(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{tmp_path}/new.db"\n')
    ended, said = bot(config, "outbox")
    assert (ended, " -m bot migrate --config " in said) == (1, True)

"""What officers type about appointments and completers, beside a database: how they end, and what they say."""

import pytest

from tests.support.commands import bot


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("counseling", 0, "상담 0건"),
        ("counseling --from 2026-12-05 --to 2026-12-01", 1, "보다 빠릅니다"),
        ("counseling --year 2026", 0, "수료 6개월 뒤: 물은 분 0명"),
        ("counseling --attended 1,x", 2, "쉼표로 이어 적어 주세요"),
        ("counseling --attended 12,15", 1, "상담 15: 이런 번호의 상담이 없습니다"),
        ("counseling --cancel 14", 1, "--reason"),
        ("counseling --cancel 14 --move 14 2026-12-01", 2, "명령을 잘못 쓰셨습니다"),
        ("counseling --move 14", 2, "날짜, 시각을 적어 주세요"),
        ("counseling --move 14 2026-12-01 14:00", 1, "이런 번호의 상담이 없습니다"),
        ("counseling --cancel 99999999999999999999 --reason x", 2, "명령을 잘못 쓰셨습니다"),
        ("counseling --move 99999999999999999999 2026-12-01", 2, "날짜, 시각을 적어 주세요"),
        ("counseling --attended 14 --cancel 14", 2, "한 번에 하나씩 해 주세요"),
        ("counseling --take-back 14", 1, "상담 14: 이런 번호의 상담이 없습니다"),
        ("counseling --not-placed 14", 1, "상담 14: 이런 번호의 상담이 없습니다"),
        ("instructors", 0, "강사 후보: 0명"),
        ("import --template {folder}/t.xlsx --of counseling", 0, "양식을 만들었습니다"),
    ],
)
def test_a_command_ends_as_scripts_rely_on(config, tmp_path, words, code, told):
    ended, said = bot(config, *words.format(folder=tmp_path).split())
    assert (ended, told in said) == (code, True), said

"""What officers type about several chats of one number: how it ends, and what it says."""

import pytest

from tests.support.commands import bot


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("persons", 0, "여러 대화에서 적은 번호가 없습니다"),
        ("persons --mobile 010-0000-0001", 0, "이 번호를 적은 기록이 없습니다"),
        ("persons --mobile 12", 1, "휴대전화 번호를 적어"),
        ("persons --prove 12", 1, "이런 기록이 없거나"),
        ("persons --prove 99999999999999999999", 2, "명령을 잘못 쓰셨습니다"),
        ("persons --prove 12 --unprove 12", 2, "명령을 잘못 쓰셨습니다"),
    ],
)
def test_a_command_ends_as_scripts_rely_on(config, words, code, told):
    ended, said = bot(config, *words.split())
    assert (ended, told in said) == (code, True), said

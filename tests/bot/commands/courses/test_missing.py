"""What officers type about what wasn't found: how it ends, and what it says."""

import pytest

from tests.support.commands import bot


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("missed", 0, "찾지 못한 말이 없습니다"),
        ("missed --synonym 피아노 --course 12", 1, "이런 과정번호가 없습니다"),
        ("missed --wish 피아노", 1, "찾지 못한 말 가운데 이런 말이 없습니다"),
        ("missed --back 피아노", 1, "찾지 못한 말 가운데 이런 말이 없습니다"),
        ("missed --synonym 피아노", 2, "함께 적어 주세요"),
        ("missed --course 12", 2, "함께 적어 주세요"),
        ("missed --drop 피아노 --wish 피아노", 2, "명령을 잘못 쓰셨습니다"),
    ],
)
def test_a_command_ends_as_scripts_rely_on(config, words, code, told):
    ended, said = bot(config, *words.split())
    assert (ended, told in said) == (code, True), said

"""Tables and paragraphs of a terminal, whose letters are one column wide or two."""

import pytest
from wcwidth import width

from handlers.staff.reports.canvas import COLUMN, fitted
from handlers.staff.reports.tables import table


def test_columns_stand_under_each_other_whatever_letters_they_have():
    lines = table([("과정", "응답"), ("MBTI", "1,234"), ("꽃차", "5")], indent=0)
    assert {width(line) for line in lines} == {11}


@pytest.mark.parametrize("text", ["가" * 40, "바리스타 2급 자격증 심화 과정", "a" * 25])
def test_wrapped_lines_are_never_too_wide_and_lose_nothing(text):
    lines = fitted(text, inches=10 * COLUMN * 8 + 0.001, size=8)
    assert max(map(width, lines)) <= 10
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")

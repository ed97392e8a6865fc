"""What a course's card says of completing it: in words also where only the number is set."""

import pytest

pytestmark = pytest.mark.on_sqlite


@pytest.mark.parametrize(
    ("rule", "percent", "said"),
    [
        ("", 70, "출석 70% 이상"),
        ("과제 제출", 70, "과제 제출 (출석 70% 이상)"),
        ("80% 이상 출석", 80, "80% 이상 출석"),
        ("80% 이상 출석", None, "80% 이상 출석"),
    ],
)
async def test_the_rule_is_said_in_words(school, visitor, rule, percent, said):
    course = await school.opens(completion_rule=rule, completion_percent=percent)
    shown = await visitor("looks").goes_to(f"courses/{course}/more")
    assert f"수료 기준: {said}\n" in f"{shown}\n"

"""A survey is looked up in one way, whatever is asked of it."""

import pytest

from handlers.staff.surveys import lookup, rounds
from handlers.staff.surveys.tally import results
from tests.support.surveys.poll import Office, standard

pytestmark = pytest.mark.on_sqlite


async def answers(school, code):
    """What those say that close it, show its results, bring in answers to it and write its answer sheet."""
    asked = (
        lambda tx, desk: rounds.close(tx, desk, code),
        lambda tx, desk: results.of_survey(tx, desk, code),
        lambda tx, desk: lookup.opened(tx, desk, code, None),
        lambda tx, _: lookup.worded(tx, code, None),
    )
    return {await school.declines(each) for each in asked}


@pytest.mark.parametrize(
    ("slip", "advice"),
    [
        ("수요조새", "혹시 이 설문인가요?\n- 수요조사 직업역량강화 프로그램 주민 수요조사"),
        ("직업역량", "혹시 이 설문인가요?\n- 수요조사 직업역량강화 프로그램 주민 수요조사"),
        ("없는것", "\n설문 목록을 보려면: python -m bot surveys"),
    ],
)
async def test_a_slip_is_answered_alike_by_spelling_by_title_or_with_where_they_are_listed(school, slip, advice):
    await Office(school).imports(standard())
    gap = "" if advice.startswith("\n") else " "
    assert await answers(school, slip) == {f"‘{slip}’: 이런 설문번호가 없습니다.{gap}{advice}"}


async def test_where_there_are_no_surveys_it_is_said_how_to_bring_them_in(school):
    (said,) = await answers(school, "수요조사")
    assert said.endswith("아직 등록한 설문이 없습니다.\n등록하려면: python -m bot import '설문.xlsx'")


async def test_spaces_are_no_slip(school):
    await Office(school).imports(standard())
    found = await school.gets(lambda tx, _: lookup.survey(tx, "수요 조사"))
    assert found.code == "수요조사"

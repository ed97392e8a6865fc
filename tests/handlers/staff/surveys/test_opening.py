"""Opening a survey by hand: late, again, before its time; and what is refused says why."""

from datetime import timedelta

import pytest
import pytest_asyncio

from handlers.staff.desk import acts
from handlers.staff.surveys import lookup, opening, rounds
from storage.asking import rounds as kept_rounds
from tests.support.surveys.poll import NEEDS, Office, answer, standard

pytestmark = pytest.mark.on_sqlite


@pytest_asyncio.fixture
async def unasked(school):
    """A course of six that was over three months ago, about which nobody was asked; its id."""
    office = Office(school)
    await office.imports(standard())
    found = await office.seats(await school.opens(code="26-01"), 6)
    school.now += timedelta(days=120)
    return found


async def opens(school, code, course=None, days=None):
    return await school.gets(opening.open_survey, code, course, days)


async def newest(school, code, course=None):
    return (await school.database.read(lambda tx: kept_rounds.of_code(tx, code, course)))[-1]


async def test_a_survey_is_opened_late_for_its_days_and_whom_it_tells_is_said(school, unasked):
    told = await opens(school, "만족도조사", "26-01")
    assert (told.title.endswith("까지 받습니다."), told.reach.people) == (True, 6)
    round_ = await newest(school, "만족도조사", unasked)
    assert (round_.opens_at, round_.is_open(school.now + timedelta(days=10))) == (school.now, True)
    assert not round_.is_open(school.now + timedelta(days=12))


async def test_days_that_are_asked_for_are_those_that_it_is_open(school, unasked):
    await opens(school, "만족도조사", "26-01", 3)
    round_ = await newest(school, "만족도조사", unasked)
    assert (round_.is_open(school.now + timedelta(days=3)), round_.is_open(school.now + timedelta(days=5))) == (
        True,
        False,
    )


async def test_what_is_open_is_not_opened_twice(school, unasked):
    await opens(school, "만족도조사", "26-01")
    assert "이미 받고 있습니다" in await school.declines(
        lambda tx, desk: opening.open_survey(tx, desk, "만족도조사", "26-01")
    )


async def test_a_closed_survey_is_opened_again_as_the_same_round(school, unasked):
    await opens(school, "만족도조사", "26-01")
    before = await newest(school, "만족도조사", unasked)
    await school.asks(rounds.close, "만족도조사", "26-01")
    told = await opens(school, "만족도조사", "26-01")
    again = await newest(school, "만족도조사", unasked)
    assert "다시 열었습니다" in told.title
    assert (again.id, again.is_open(school.now), again.settled_at) == (before.id, True, None)


@pytest.mark.on_both
async def test_what_was_opened_again_is_closed_again_by_the_same_words(school, unasked):
    closes = {"act": rounds.CLOSE, "args": {"code": "만족도조사", "course_code": "26-01"}}
    await opens(school, "만족도조사", "26-01")
    await school.gets(acts.perform, **closes)
    await opens(school, "만족도조사", "26-01")
    await school.gets(acts.perform, **closes)
    assert not (await newest(school, "만족도조사", unasked)).is_open(school.now)


async def test_what_came_in_before_and_after_it_was_opened_again_counts_together(school, resident):
    office = Office(school)
    await office.imports(standard())
    for half in (range(3), range(3, 6)):
        for number in half:
            await answer(resident(number), (await office.round("수요조사")).id, NEEDS)
        told = await school.gets(rounds.close, "수요조사", None)
        if half.start == 0:
            await opens(school, "수요조사")
    assert "응답 6건" in told.title


async def test_a_survey_is_opened_before_its_time(school):
    await Office(school).imports(standard(opens_at="2026-12-20 09:00", closes_at="2026-12-30 18:00"))
    planned = await newest(school, "수요조사")
    await opens(school, "수요조사")
    assert await newest(school, "수요조사") == planned.__class__(**{**vars(planned), "opens_at": school.now})


async def test_a_course_that_has_not_begun_is_refused_with_its_first_class(school, unasked):
    await school.opens(
        code="26-02", start_date=school.now.date() + timedelta(days=30), end_date=school.now.date() + timedelta(days=60)
    )
    said = await school.declines(lambda tx, desk: opening.open_survey(tx, desk, "만족도조사", "26-02"))
    assert "아직 수업을 하지 않은 과정입니다. 첫 수업은" in said


async def test_answers_to_what_nobody_opened_are_refused_with_how_to_open_it(school, unasked):
    said = await school.declines(lambda tx, desk: lookup.opened(tx, desk, "만족도조사", "26-01"))
    assert "아직 이 설문을 열지 않았습니다." in said
    assert "open-survey '만족도조사' --course 26-01" in said
    assert "마지막 수업이 끝나면" not in said


@pytest.mark.parametrize("days", [0, 91])
async def test_days_out_of_reason_are_refused(school, unasked, days):
    said = await school.declines(lambda tx, desk: opening.open_survey(tx, desk, "만족도조사", "26-01", days))
    assert "90일까지" in said

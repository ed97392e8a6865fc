"""Stopping applications or hiding a course takes nothing from who is in it already."""

import pytest
from sqlalchemy import select

from handlers.staff.notices import owed
from storage.tables import draws, enrollments, survey_rounds
from tests.support.clock.scenes import at, attends, change, decides, moved
from tests.support.surveys.poll import attend

STATES = ("suspended", "hidden")
pytestmark = [pytest.mark.on_sqlite, pytest.mark.parametrize("state", STATES)]


async def test_who_has_a_seat_is_reminded_of_every_class(school, resident, clock, state):
    course, _ = await attends(school, resident, clock)
    await school.changes(course, state=state)
    letters = await clock.until(at("12-08 08:00"))
    assert [letter.text[:2] for letter in letters] == ["내일", "오늘"]


async def test_who_has_a_seat_hears_of_a_class_that_moves_and_of_a_correction(school, resident, clock, state):
    course, _ = await attends(school, resident, clock)
    await school.changes(course, state=state)
    await change(school, course, moved(school, days=1))
    (letter,) = await clock.ticks()
    assert "12월 15일(화) 오전 10시 → 12월 16일(수) 오전 10시" in letter.text


@pytest.mark.on_both
async def test_a_freed_seat_is_offered_to_the_line_and_can_be_taken(school, resident, clock, state):
    course = await school.opens(capacity=1, last_call_days=0)
    for number in (1, 2):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    await school.changes(course, state=state)
    first, second = await school.live(course)
    await resident(1).goes_to(f"mine/{first}/cancel/yes")
    await clock.ticks()
    await resident(2).goes_to(f"mine/{second}/accept")
    rows = await school.rows(select(enrollments.c.state).where(enrollments.c.id == second))
    assert [row.state for row in rows] == ["confirmed"]


@pytest.mark.on_both
async def test_a_lottery_that_is_over_fixes_its_list(school, resident, clock, state):
    course = await school.opens(selection="lottery", capacity=1)
    await school.promises_lotteries()
    await resident(1).registers(course)
    await school.changes(course, state=state)
    school.now = at("12-01 09:00")
    await clock.ticks()
    assert (await school.rows(select(draws.c.fixed_at)))[0].fixed_at is not None


async def test_officers_see_that_too_few_applied(school, state):
    await school.opens(state=state, minimum=8)
    school.now = at("12-01 09:00")
    assert "0명" in "\n".join(await school.asks(owed.show, False))


@pytest.mark.on_both
async def test_who_attended_is_asked_how_it_was(school, resident, clock, office, state):
    course = await school.opens()
    await attend(school, resident(1), course)
    await school.changes(course, state=state)
    school.now = at("12-29 13:31")
    await clock.ticks()
    assert course in [row.course_id for row in await school.rows(select(survey_rounds.c.course_id))]


async def test_who_was_selected_in_it_is_told(school, resident, clock, state):
    course = await school.opens(selection="review")
    await resident(1).registers(course)
    await school.changes(course, state=state)
    await decides(school, (await school.live(course))[0], "confirmed")
    assert any("선정되셨어요" in letter.text for letter in await clock.ticks())

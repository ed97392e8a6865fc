"""Nothing goes out at night, whatever was planned before it."""

from datetime import time

import pytest

from tests.support.clock.scenes import at, attends, change, moved

pytestmark = pytest.mark.on_sqlite


async def test_what_falls_due_at_night_waits_for_the_morning(school, resident, clock):
    course = await school.opens(start_time=time(7), end_time=time(9))
    await resident(1).registers(course)
    school.now = at("12-14 21:30")
    await clock.ticks()
    await change(school, course, moved(school, days=2))
    assert await clock.until(at("12-15 07:59")) == []
    assert [letter.text[:12] for letter in await clock.until(at("12-15 08:00"))] == ["‘바리스타 2급’ 수업"]


async def test_what_was_planned_in_the_evening_is_not_sent_at_night_by_a_service_that_was_down(school, resident, clock):
    await attends(school, resident, clock)
    school.now = at("12-07 18:00")
    await clock.plans()
    school.now = at("12-07 23:00")
    assert await clock.ticks() == []
    assert len(await clock.until(at("12-08 08:00"))) == 2

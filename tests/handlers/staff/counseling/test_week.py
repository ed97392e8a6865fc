"""The counselors' week: free slots, who comes under a masked name, and what is still to be noted."""

import pytest

from handlers.staff.counseling import appointments, outcomes, week
from handlers.staff.counseling.outcomes import Noted
from tests.support.counseling.centre import at, books

pytestmark = pytest.mark.on_sqlite


async def seen(school, **asked):
    found = await school.gets(week.of, **asked)
    return {(clock, day.label): cell for clock, row in found.rows for day, cell in zip(found.days, row, strict=True)}


TUESDAY = "11월 24일(화)"


async def test_what_is_booked_is_taken_and_the_rest_is_free(centre, school, visitor):
    await books(visitor())
    cells = await seen(school)
    [taken] = cells["10:00", TUESDAY].taken
    assert (taken.who, taken.counselor, taken.about, taken.is_to_note) == (
        "홍*동",
        "상담사 A",
        "이력서·면접, 방문",
        False,
    )
    assert cells["10:00", TUESDAY].free == ()
    assert (cells["10:30", TUESDAY].free, cells["11:30", TUESDAY].free) == (("상담사 A",), ("상담사 A",))


async def test_what_is_over_waits_to_be_noted(centre, school, visitor):
    await books(visitor())
    school.now = at("11-24 12:00")
    found = await school.gets(week.of)
    assert found.to_note == 1
    await school.asks(outcomes.note, Noted(attended=[1]))
    assert (await school.gets(week.of)).to_note == 0


async def test_a_cancelled_one_leaves_its_slot_free(centre, school, visitor):
    await books(visitor())
    await school.asks(appointments.cancel, 1, "사정")
    assert (await seen(school))["10:00", TUESDAY].free == ("상담사 A",)


async def test_one_counselor_is_looked_at_alone(centre, school, visitor):
    await centre.opens("B")
    assert (await seen(school, code="B"))["10:00", TUESDAY].free == ("상담사 B",)
    assert "이런 상담사번호가 없습니다" in await school.declines(week.of, code="없는 번호")


async def test_a_day_off_says_why(centre, school):
    found = await school.gets(week.of, at("12-25 09:00").date())
    assert [day.closed for day in found.days if day.label.startswith("12월 25일")] == ["기독탄신일"]


async def test_one_appointment_is_told_with_name_and_number(centre, school, visitor):
    await books(visitor())
    _, told = await school.gets(week.show_one, 1)
    assert {"홍길동", "010-0000-0001"} <= set(told.tables[0].rows[0])
    assert "이런 번호의 상담이 없습니다" in await school.declines(week.show_one, 9)

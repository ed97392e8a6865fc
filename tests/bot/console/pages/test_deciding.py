"""The draw of a lottery, and who completed, from a page."""

import pytest

from tests.support.domain import PUBLIC_VALUE

pytestmark = pytest.mark.on_sqlite


async def test_a_lottery_is_fixed_and_drawn_by_the_public_value(counter, school, resident):
    course = await school.opens(code="L1", selection="lottery", capacity=1)
    await school.promises_lotteries()
    for number in range(3):
        await resident(number).registers(course, mobile=f"010-0000-000{number}")
    school.now = (await school.window(course))[1] + school.days(1)
    officer = await counter.officer()
    await officer.opens("/desk/courses/L1/draw")
    await officer.presses("목록을 지금 확정하기")
    await officer.presses("그대로 하기") if "아직 하지 않았습니다" in officer.text else None
    assert "신청 3건의 목록을 확정했습니다" in officer.text
    await school.hears_the_public_value("L1")
    officer = await counter.officer()
    await officer.opens("/desk/courses/L1/draw")
    await officer.presses("추첨하면 어떻게", value=PUBLIC_VALUE)
    await officer.presses("그대로 하기")
    assert "이미 추첨했습니다" in officer.text
    assert await school.enrolled(course) == 1


async def test_a_value_that_is_none_is_told_beside_what_was_typed(counter, school, resident):
    await school.opens(code="L1", selection="lottery")
    officer = await counter.officer()
    assert "접수" in await officer.sends("/desk/courses/L1/draw", {"value": "숫자가 아님"})
    assert officer.answer.status_code == 422


async def test_those_who_are_ticked_have_completed(counter, school, resident):
    course = await school.opens(code="T1")
    for number in range(3):
        await resident(number).registers(course, mobile=f"010-0000-000{number}")
    school.now += school.days(60)
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/complete")
    numbers = [each.attributes["value"] for each in officer.page.all("input", name="completed")]
    await officer.presses("누구에게 알리는지", completed=numbers[:2])
    await officer.presses("그대로 하기")
    assert "수료 2명, 미수료 1명" in officer.text
    assert list(officer.page.all("input", name="completed")) == []

"""My appointment: looking it up, the calendar, another time, and cancelling it."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.support.counseling.centre import at, books, labels

pytestmark = pytest.mark.on_sqlite


async def test_my_appointment_shows_when_where_and_what_can_be_done(centre, visitor):
    resident = visitor()
    await books(resident)
    told = await resident.says("내 상담")
    assert "시간: 11월 24일(화) 오전 10시\n상담사: 상담사 A" in told
    assert labels(resident) == ["달력에 넣기", "상담 시간 바꾸기", "상담 취소하기"]


async def test_who_has_no_appointment_is_led_to_one(centre, visitor):
    resident = visitor()
    assert "예약하신 상담이 없어요" in await resident.says("내 상담")
    assert "30분쯤" in await resident.presses("일자리 상담")


async def moves(resident, slot="오전 11시"):
    await resident.says("내 상담")
    for label in ("상담 시간 바꾸기", "11월 24일(화)", slot):
        await resident.presses(label)
    return await resident.presses("이 시간으로 바꾸기")


@pytest.mark.on_both
async def test_a_appointment_that_moves_frees_its_old_slot_at_once(centre, visitor):
    resident = visitor()
    await books(resident)
    assert "11월 24일(화) 오전 10시 → 11월 24일(화) 오전 11시" in await moves(resident)
    assert "예약했어요" in await books(visitor("next"), 2)
    assert await centre.live() == ["11-24 10:00", "11-24 11:00"]


async def test_a_move_to_a_slot_that_went_meanwhile_leaves_the_appointment_and_offers_others(centre, visitor):
    resident = visitor()
    await books(resident)
    for path in ("visit_day/2026-11-24", "visit_1124/11:00"):
        await resident.goes_to("forms/move_talk/1")
        await resident.goes_to(f"forms/move_talk/1/answer/{path}")
    await books(visitor("other"), 2, slot="오전 11시")
    assert "방금 다른 분이 예약하셨어요" in await resident.presses("이 시간으로 바꾸기")
    assert labels(resident) == ["오전 10시 30분", "오전 11시 30분"]
    assert await centre.live() == ["11-24 10:00", "11-24 11:00"]


async def test_cancelling_takes_a_second_yes_and_frees_the_slot(centre, visitor):
    resident = visitor()
    await books(resident)
    await resident.presses("상담 취소하기")
    assert await centre.live() == ["11-24 10:00"]
    assert "상담을 취소했어요" in await resident.presses("네, 취소할게요")
    assert "예약했어요" in await books(visitor("next"), 2)


@pytest.mark.parametrize("path", ["talks/1/cancel/yes", "talks/1/cancel", "forms/move_talk/1", "talks/1/calendar"])
async def test_old_buttons_of_a_cancelled_appointment_tell_that_it_is_over(centre, visitor, path):
    resident = visitor()
    await books(resident)
    await resident.goes_to("talks/1/cancel/yes")
    assert "이미 지났거나 끝난 상담이에요" in await resident.goes_to(path)


async def test_a_appointment_that_has_begun_is_neither_moved_nor_cancelled(centre, school, visitor):
    resident = visitor()
    await books(resident)
    school.now = at("11-24 10:00")
    assert "이미 지났거나 끝난" in await resident.goes_to("talks/1/cancel/yes")
    assert "지난 상담이에요" in await resident.goes_to("talks/1")
    assert await centre.live() == ["11-24 10:00"]


@pytest.mark.parametrize("path", ["", "/cancel", "/cancel/yes", "/calendar"])
async def test_nobody_sees_or_cancels_what_is_anothers(centre, visitor, path):
    await books(visitor())
    assert "찾을 수 없어요" in await visitor("stranger").goes_to(f"talks/1{path}")
    assert "찾을 수 없어요" in await visitor("stranger").goes_to("forms/move_talk/1")
    assert await centre.live() == ["11-24 10:00"]


async def test_the_calendar_follows_a_appointment_that_moves(centre, visitor):
    resident, events = visitor(), []
    await books(resident)
    for _ in range(2):
        await resident.goes_to("talks/1/calendar")
        events += Calendar.from_ical(resident.screen.file.content).walk("VEVENT")
        await moves(resident)
    before, after = events
    assert (before["uid"], after["sequence"]) == (after["uid"], before["sequence"] + 1)
    assert after["dtstart"].dt - before["dtstart"].dt == timedelta(hours=1)

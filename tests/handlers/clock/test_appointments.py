"""Notices about appointments: the day before, never at night, and about the appointment as it is when they are sent."""

from datetime import timedelta

import pytest

from storage.counseling import appointments
from tests.support.counseling.centre import at, books

pytestmark = pytest.mark.on_sqlite


async def test_a_appointment_is_reminded_of_on_the_evening_before_with_where_to_come(centre, resident, clock):
    await books(resident(1), day="11월 26일(목)")
    assert await clock.until(at("11-25 17:59"), timedelta(hours=4)) == []
    (letter,) = await clock.until(at("11-25 18:00"))
    assert letter.text.startswith("내일 오전 10시에 일자리 상담이 있어요.")
    assert "장소: 일자리플러스센터 A실" in letter.text
    assert "예약하신 상담이라서 알려 드려요." in letter.text
    assert letter.labels == ["달력에 넣기", "상담 시간 바꾸기", "상담 취소하기"]
    assert await clock.until(at("11-26 12:00"), timedelta(hours=2)) == []


async def moves(resident, day, slot="오전 11시"):
    await resident.says("내 상담")
    for label in ("상담 시간 바꾸기", day, slot):
        await resident.presses(label)
    await resident.presses("이 시간으로 바꾸기")


async def test_a_appointment_that_moves_after_it_was_planned_is_reminded_of_at_its_new_day_only(
    centre, school, resident, clock
):
    await books(resident(1), day="11월 26일(목)")
    school.now = at("11-25 18:00")
    await clock.plans()
    await moves(resident(1), "12월 1일(화)")
    assert await clock.until(at("11-30 17:59"), timedelta(hours=6)) == []
    (letter,) = await clock.until(at("11-30 18:00"))
    assert letter.text.startswith("내일 오전 11시에 일자리 상담")


@pytest.mark.on_both
async def test_a_cancelled_appointment_is_not_reminded_of_though_it_was_planned(centre, school, resident, clock):
    await books(resident(1), day="11월 26일(목)")
    school.now = at("11-25 18:00")
    await clock.plans()
    await resident(1).goes_to("talks/1/cancel/yes")
    assert await clock.ticks() == []


async def test_what_a_resident_moves_or_cancels_herself_needs_no_notice(centre, resident, clock):
    await books(resident(1), day="11월 26일(목)")
    await moves(resident(1), "12월 1일(화)")
    await resident(1).goes_to("talks/1/cancel/yes")
    assert await clock.ticks() == []


async def by_staff(school, deed, *given, **named):
    assert await school.database.write(lambda tx: deed(tx, 1, *given, **named, now=school.now, by_staff=True))


async def test_a_appointment_that_staff_cancel_at_night_is_told_in_the_morning_with_the_reason(
    centre, school, resident, clock
):
    await books(resident(1), day="11월 26일(목)")
    school.now = at("11-24 22:00")
    await clock.ticks()
    await by_staff(school, appointments.cancel, note="상담사 사정")
    assert await clock.until(at("11-25 07:59")) == []
    (letter,) = await clock.until(at("11-25 08:00"))
    assert "11월 26일(목) 오전 10시 일자리 상담을 하지 못하게 되었어요. 까닭: 상담사 사정." in letter.text
    assert letter.labels == ["상담 예약하기"]


async def test_a_appointment_that_staff_move_is_told_once_with_its_new_time(centre, school, resident, clock):
    await books(resident(1), day="11월 26일(목)")
    await clock.ticks()
    await by_staff(school, appointments.move, 1, at("12-01 11:30"))
    (letter,) = await clock.ticks()
    assert letter.text.startswith("담당자가 일자리 상담 시간을 12월 1일(화) 오전 11시 30분으로 바꾸었어요.")
    assert await clock.passes(minutes=5) == []


@pytest.mark.on_both
async def test_a_resident_without_telegram_is_shown_the_notice_at_her_next_visit(centre, school, visitor, clock):
    await books(visitor("w1"), day="11월 26일(목)")
    await by_staff(school, appointments.cancel, note="상담사 사정")
    await clock.ticks()
    await clock._courier.set_aside()
    assert "까닭: 상담사 사정" in await visitor("w1").says("메뉴")

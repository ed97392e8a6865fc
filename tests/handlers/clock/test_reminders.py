"""Reminders of classes: what they say, and when they are not sent."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.tables import outbox as outbox_table
from tests.support.clock.scenes import at, attends

pytestmark = pytest.mark.on_sqlite


async def test_a_reminder_says_when_and_where_and_what_to_bring(school, resident, clock):
    await attends(school, resident, clock)
    (letter,) = await clock.until(at("12-07 18:00"))
    assert letter.text.startswith("내일 오전 10시에 ‘바리스타 2급’ 1회차 수업이 있어요.")
    assert "장소: 실습실 A\n준비물: 앞치마" in letter.text
    assert letter.labels == ["가요", "못 가요", "내 신청 보기", "이 알림 끄기"]


@pytest.mark.on_sqlite
async def test_a_reminder_that_was_switched_off_is_not_sent_and_the_others_are(school, resident, clock):
    await attends(school, resident, clock)
    (letter,) = await clock.until(at("12-07 18:00"))
    await resident(1).goes_to(letter.reply.links[-1].path)
    letters = await clock.until(at("12-15 12:00"), timedelta(hours=2))
    assert [letter.text[:5] for letter in letters] == ["오늘 오전", "오늘 오전"]


@pytest.mark.on_both
async def test_a_reminder_switched_off_while_it_waits_is_not_sent(school, resident, clock):
    await attends(school, resident, clock)
    school.now = at("12-07 18:00")
    await clock.plans()
    await resident(1).goes_to("reminders/day_before/off")
    assert await clock.ticks() == []
    rows = await school.rows(select(outbox_table.c.outcome).where(outbox_table.c.kind == "day_before"))
    assert [row.outcome for row in rows] == ["cancelled"]


async def test_a_missed_tick_is_made_up_unless_the_class_has_begun(school, resident, clock):
    await attends(school, resident, clock)
    await clock.ticks()
    school.now = at("12-08 09:30")
    assert [letter.text[:7] for letter in await clock.ticks()] == ["오늘 오전 1"] * 2
    school.now = at("12-15 10:01")
    assert await clock.ticks() == []


@pytest.mark.on_sqlite
async def test_who_cancelled_is_not_reminded(school, resident, clock):
    course = await school.opens()
    await resident(1).registers(course)
    await resident(1).goes_to(f"mine/{(await school.live(course))[0]}/cancel/yes")
    assert await clock.until(at("12-08 12:00"), timedelta(hours=4)) == []


@pytest.mark.on_both
async def test_several_processes_that_tick_at_once_plan_once(school, resident, clock):
    course = await school.opens()
    for number in range(1, 13):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    school.now = at("12-07 18:00")
    await asyncio.gather(*(clock.plans() for _ in range(10)))
    assert len(await school.rows(select(outbox_table.c.id).where(outbox_table.c.kind == "day_before"))) == 12
    assert len([letter for letter in await clock.ticks() if "1회차" in letter.text]) == 12


async def test_english_readers_are_told_in_english(school, resident, clock):
    await attends(school, resident, clock)
    await resident(1).says("English")
    (letter,) = await clock.until(at("12-07 18:00"))
    assert letter.text.startswith("Class 1 of “바리스타 2급” is tomorrow at 10 am.")

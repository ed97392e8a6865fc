"""The warning before completion is lost, and word that it is: once each, never of a slip, never at night."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage.tables import addresses, outbox
from tests.support.clock.scenes import at
from tests.support.people.attending import after_class, classes, says

pytestmark = pytest.mark.on_sqlite
QUARTER = timedelta(minutes=15)


async def attends_course(school, resident, clock, number=1, **differing):
    """A course of four classes of which one may be missed, after its first class, and somebody's enrollment."""
    course = await school.opens(**{"completion_percent": 75, **differing})
    await resident(number).registers(course)
    await after_class(school, course, 1)
    await clock.ticks()
    clock.post.letters.clear()
    return course, (await school.live(course))[0]


async def marks(school, course, mine, mark, number=1):
    await says(school, (await classes(school, course))[number - 1], mine, mark)


async def kinds(school):
    rows = await school.rows(select(outbox.c.kind, outbox.c.outcome).where(outbox.c.kind.in_(KINDS)))
    return sorted((row.kind, row.outcome) for row in rows)


KINDS = ("last_absence", "completion_lost")


async def test_who_can_miss_no_more_is_warned_once_after_the_grace(school, resident, clock):
    course, mine = await attends_course(school, resident, clock)
    await marks(school, course, mine, "absent")
    assert await clock.passes(minutes=9) == []
    (letter,) = await clock.passes(minutes=2)
    assert letter.text.startswith("‘바리스타 2급’ 수업에 한 번 더 빠지면 수료가 어려워요.")
    assert letter.labels[:2] == ["출석", "사람에게 문의"]
    await after_class(school, course, 2)
    await marks(school, course, mine, "present", 2)
    await clock.passes(hours=2)
    assert await kinds(school) == [("last_absence", "sent")]


async def test_who_may_miss_more_hears_nothing(school, resident, clock):
    course, mine = await attends_course(school, resident, clock, completion_percent=50)
    await marks(school, course, mine, "absent")
    await clock.passes(hours=1)
    assert await kinds(school) == []


async def test_who_has_missed_nothing_is_not_warned_where_nothing_may_be_missed(school, resident, clock):
    course, mine = await attends_course(school, resident, clock, completion_percent=100)
    await marks(school, course, mine, "present")
    await clock.passes(hours=1)
    assert await kinds(school) == []


async def test_completion_that_is_lost_is_told_once_with_the_number_to_call(school, resident, clock):
    course, mine = await attends_course(school, resident, clock, completion_percent=100)
    await marks(school, course, mine, "absent")
    (letter,) = await clock.passes(minutes=15)
    assert "지금 출석으로는 수료가 어려워요" in letter.text
    assert "02-000-0000" in letter.text
    await after_class(school, course, 2)
    await marks(school, course, mine, "absent", 2)
    await clock.passes(hours=2)
    assert await kinds(school) == [("completion_lost", "sent")]


async def test_a_slip_that_is_mended_in_time_tells_nobody(school, resident, clock):
    course, mine = await attends_course(school, resident, clock)
    await marks(school, course, mine, "absent")
    await clock.ticks()
    school.waits(minutes=5)
    await marks(school, course, mine, "present")
    await clock.passes(hours=1)
    assert await kinds(school) == [("last_absence", "cancelled")]


async def test_who_was_marked_by_a_slip_once_is_warned_when_it_is_true(school, resident, clock):
    course, mine = await attends_course(school, resident, clock)
    for mark in ("absent", "present", "absent"):
        await marks(school, course, mine, mark)
        await clock.ticks()
        school.waits(minutes=4)
    await clock.until(school.now + timedelta(hours=1), QUARTER)
    assert await kinds(school) == [("last_absence", "cancelled"), ("last_absence", "sent")]


async def test_at_night_nobody_is_warned(school, resident, clock):
    course, mine = await attends_course(school, resident, clock)
    school.now = at("12-08 20:55")
    await marks(school, course, mine, "absent")
    assert await clock.until(at("12-09 07:59"), timedelta(minutes=30)) == []
    (letter,) = await clock.until(at("12-09 08:00"))
    assert "한 번 더 빠지면" in letter.text


async def test_a_class_that_is_dropped_may_take_the_last_absence(school, resident, clock):
    from storage.teaching import sessions

    course, mine = await attends_course(school, resident, clock, completion_percent=50)
    await marks(school, course, mine, "absent")
    await clock.passes(hours=1)
    assert await kinds(school) == []
    await school.database.write(lambda tx: sessions.drop(tx, sessions.of_courses(tx, [course])[3], school.now))
    await clock.until(school.now + timedelta(hours=1), QUARTER)
    assert ("last_absence", "sent") in await kinds(school)


@pytest.mark.on_both
async def test_several_processes_that_tick_at_once_warn_once(school, resident, clock):
    course, mine = await attends_course(school, resident, clock)
    await marks(school, course, mine, "absent")
    await asyncio.gather(*(clock.plans() for _ in range(10)))
    school.waits(minutes=11)
    await asyncio.gather(*(clock.ticks() for _ in range(3)))
    assert await kinds(school) == [("last_absence", "sent")]


async def test_who_cannot_be_written_to_is_called_and_told_in_the_next_answer(school, resident, clock):
    course, mine = await attends_course(school, resident, clock)
    await school.database.write(lambda tx: tx.execute(update(addresses).values(unreachable=True)))
    await marks(school, course, mine, "absent")
    await clock.passes(minutes=15)
    assert await kinds(school) == [("last_absence", "unreached")]
    assert "한 번 더 빠지면" in await resident(1).says("메뉴")


async def test_the_evening_before_is_answered_and_a_second_tap_is_the_same(school, resident, clock):
    from tests.support.people.attending import told_ahead

    course = await school.opens()
    await resident(1).registers(course)
    mine = (await school.live(course))[0]
    (letter,) = [each for each in await clock.until(at("12-07 18:00"), timedelta(hours=8)) if "내일" in each.text]
    come, cannot, *_ = letter.reply.all_buttons
    someone = resident(1)
    for _ in range(2):
        assert "기다릴게요" in await someone.goes_to(come.path)
    assert await told_ahead(school, mine) == [("present", "open")]
    assert "맞나요" in await someone.goes_to(cannot.path)
    assert "자리 내놓기" in [each.label for each in someone.screen.all_buttons]
    await someone.presses("네, 못 가요")
    assert await told_ahead(school, mine) == [("present", "dismissed"), ("absent", "open")]
    school.now = at("12-08 10:01")
    assert "이미 시작해서" in await someone.goes_to(come.path)

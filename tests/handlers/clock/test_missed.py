"""What could not be sent is told first thing at the next visit, as it is then."""

import asyncio
import sqlite3
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.exc import OperationalError

from bot.messages.delivery import Gone
from handlers.staff.courses import closing
from handlers.staff.desk import acts
from storage.notices import backlog
from storage.teaching import courses
from tests.support.clock.scenes import at, attends, change, moved

pytestmark = pytest.mark.on_sqlite


async def test_who_can_only_be_answered_finds_it_first_thing_at_the_next_visit_as_it_is_then(school, visitor, clock):
    course = await school.opens()
    await visitor("w1").registers(course)
    school.waits(minutes=1)
    await change(school, course, moved(school, days=1))
    assert await clock.ticks() == []
    await change(school, course, moved(school, days=1))
    told = await visitor("w1").says("강좌")
    assert told.startswith("그동안 전해 드리지 못한 알림이에요.")
    assert "12월 15일(화) 오전 10시 → 12월 17일(목) 오전 10시" in told
    assert "전해 드리지" not in await visitor("w1").says("강좌")


async def test_what_has_become_untrue_by_the_next_visit_is_not_told(school, visitor, clock):
    await visitor("w1").registers(await school.opens())
    await clock.until(at("12-07 18:00"), timedelta(hours=6))
    school.now = at("12-10 10:00")
    assert "전해 드리지" not in await visitor("w1").says("강좌")


async def test_a_bug_in_what_was_missed_does_not_hide_what_was_just_done(school, visitor, clock, monkeypatch):
    first, second = await school.opens(), await school.opens(title="라떼아트", term="2027-H1")
    await visitor("w1").registers(first)
    await school.database.write(lambda tx: courses.cancel(tx, first, "강사 사정"))
    await clock.ticks()
    monkeypatch.setattr(courses, "cancelled", lambda *_: 1 / 0)
    await visitor("w1").goes_to(f"forms/enroll/{second}")
    assert "접수되었습니다" in await visitor("w1").submits(second)
    assert await school.enrolled(second) == 1


async def test_a_full_disk_under_what_was_missed_is_no_bug_and_all_of_it_is_done_once_there_is_room(
    school, visitor, clock, monkeypatch
):
    def full(*_):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("UPDATE outbox", {}, error)

    first, second = await school.opens(), await school.opens(title="라떼아트", term="2027-H1")
    await visitor("w1").registers(first)
    await school.database.write(lambda tx: courses.cancel(tx, first, "강사 사정"))
    await clock.ticks()
    with monkeypatch.context() as filled:
        filled.setattr(courses, "cancelled", full)
        with pytest.raises(OperationalError):
            await visitor("w1").goes_to(f"forms/enroll/{second}")
    assert "그동안 전해 드리지 못한 알림" in await visitor("w1").goes_to(f"forms/enroll/{second}")


async def test_who_blocked_the_bot_is_written_to_no_more_and_listed_as_not_reached(school, resident, clock):
    await attends(school, resident, clock)
    clock.post.failing["1"] = [Gone()] * 2
    await clock.until(at("12-08 09:00"))
    rows = await school.database.read(lambda tx: backlog.with_outcome(tx, "unreached"))
    assert [row.kind for row in rows] == ["two_hours_before", "day_before"]
    assert len(clock.post.failing["1"]) == 1


async def freed_at_night(school, visitor, clock):
    """A seat is given back at eleven in the evening, and offered to somebody who can't be written to."""
    course = await school.opens(capacity=1)
    await visitor("first").registers(course, mobile="010-0000-0002")
    await visitor("w1").registers(course)
    school.now = at("11-24 23:00")
    await visitor("first").goes_to("mine/1/cancel/yes")
    await clock.ticks()


@pytest.mark.parametrize("channel", ["web", "kakao"])
async def test_who_speaks_at_night_is_told_then_what_nobody_could_send_in_the_morning(school, visitor, clock, channel):
    await freed_at_night(school, partial(visitor, channel=channel), clock)
    assert "자리가 났어요! 참여하시겠어요?" in await visitor("w1", channel).says("강좌")
    assert "참여하시겠어요?" not in await visitor("w1", channel).says("강좌")


async def test_what_an_officer_has_just_done_at_night_is_told_to_nobody_before_it_can_not_be_undone(
    school, visitor, clock
):
    await visitor("w1").registers(await school.opens(code="26-01"))
    school.now = at("11-24 23:00")
    await clock.ticks()
    await school.gets(acts.perform, act=closing.CLOSE, args={"code": "26-01", "reason": "강사 사정"})
    await clock.passes(minutes=9)
    assert "열리지 않게" not in await visitor("w1").says("강좌")
    await clock.passes(minutes=2)
    assert "열리지 않게" in await visitor("w1").says("강좌")


@pytest.mark.on_both
async def test_of_many_messages_at_once_only_one_tells_what_waited(school, clock, processes):
    course, chats = await school.opens(), processes(10)
    await chats[0]().registers(course)
    await school.database.write(lambda tx: courses.cancel(tx, course, "강사 사정"))
    await clock.ticks()
    said = await asyncio.gather(*(process().loses("강좌") for process in chats))
    assert sum("열리지 않게" in reply for reply in said) == 1


async def test_what_was_told_in_an_answer_that_never_arrived_is_told_again(school, visitor, clock):
    course = await school.opens()
    await visitor("w1").registers(course)
    await school.database.write(lambda tx: courses.cancel(tx, course, "강사 사정"))
    await clock.ticks()
    await visitor("w1").loses("강좌")
    school.waits(minutes=1)
    assert "열리지 않게" in await visitor("w1").says("강좌")

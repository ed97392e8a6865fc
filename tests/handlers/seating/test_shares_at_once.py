"""Races for seats that are kept apart: online, at the desk and for institutions, and while the time passes."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from handlers.staff.courses import holding
from handlers.staff.desk.declined import Declined
from storage.seating import enrollments
from storage.tables import courses as table
from storage.teaching import courses
from tests.support.domain import MONDAY
from tests.support.people.offline import comes

UNTIL = MONDAY + timedelta(days=3)
TEN = range(1, 11)


async def filled_in(resident, course):
    chats = [resident(number) for number in TEN]
    await asyncio.gather(*(each.fills_in(course, mobile=f"010-0000-{n:04}") for n, each in enumerate(chats, 1)))
    return chats


async def taken(school, course):
    found = await school.database.read(lambda tx: courses.get(tx, course))
    return found.held - found.held_offline, found.held_offline, found.kept


async def test_of_ten_online_and_ten_at_the_desk_each_share_takes_its_own(school, resident, dawdling):
    course = await school.opens(capacity=5, offline_seats=2, offline_until=UNTIL, waitlist_capacity=20)
    chats = await filled_in(resident, course)
    dawdling(enrollments, "add")
    await asyncio.gather(*(chat.submits(course) for chat in chats), *(comes(school, course) for _ in TEN))
    assert await taken(school, course) == (3, 2, 0)


async def test_what_is_kept_for_institutions_and_who_registers_meanwhile_never_overfill(school, resident, dawdling):
    course = await school.opens(capacity=4, waitlist_capacity=20)
    code = (await school.rows(select(table.c.code).where(table.c.id == course)))[0].code
    chats = await filled_in(resident, course)
    dawdling(enrollments, "add")
    until = "2026-12-01"
    holds = (school.gets(holding.hold, code, f"기관 {n}", 1, until) for n in TEN)
    turns = [turn for pair in zip(holds, (chat.submits(course) for chat in chats), strict=True) for turn in pair]
    ended = await asyncio.gather(*turns, return_exceptions=True)
    assert not [each for each in ended if isinstance(each, Exception) and not isinstance(each, Declined)]
    online, _, kept = await taken(school, course)
    assert online + kept == 4


async def test_of_ten_who_use_the_last_seat_of_a_hold_one_does(school, resident, dawdling):
    course = await school.opens(capacity=1, waitlist_capacity=20)
    code = (await school.rows(select(table.c.code).where(table.c.id == course)))[0].code
    await school.gets(holding.hold, code, "일자리센터", 1, "2026-12-01")
    for chat in await filled_in(resident, course):
        await chat.submits(course)
    waiting = await school.live(course)
    dawdling(enrollments, "decide")
    uses = (school.gets(holding.use, code, 1, [number]) for number in waiting)
    ended = await asyncio.gather(*uses, return_exceptions=True)
    assert [type(each) for each in ended].count(Declined) == 9
    assert await taken(school, course) == (1, 0, 0)


async def test_while_the_time_passes_seats_are_never_over_and_none_stays_empty(school, resident, clock, dawdling):
    course = await school.opens(capacity=6, offline_seats=4, offline_until=UNTIL, waitlist_capacity=30)
    chats = await filled_in(resident, course)
    dawdling(enrollments, "add")
    school.now = UNTIL - timedelta(seconds=1)
    early = [*(chat.submits(course) for chat in chats[:5]), *(comes(school, course) for _ in range(2))]

    async def passes():
        await asyncio.sleep(0)
        school.now = UNTIL
        await clock.ticks()

    late = [*(chat.submits(course) for chat in chats[5:]), *(comes(school, course) for _ in range(3))]
    await asyncio.gather(*early, passes(), *late)
    await clock.ticks()
    assert sum(await taken(school, course)) == 6

"""Officers who decide at the same time: one of them does it, the others are told."""

import asyncio

from sqlalchemy import select

from handlers.staff.courses import lotteries, selections
from handlers.staff.courses.classes import moving
from handlers.staff.courses.completion import completing
from handlers.staff.desk.declined import Declined
from storage.seating import enrollments
from storage.tables import courses
from storage.tables import enrollments as table
from storage.teaching import sessions
from tests.support.domain import MONDAY, PUBLIC_VALUE, School

TEN = range(10)


async def codes(school: School) -> list[str]:
    return [row.code for row in await school.rows(select(courses.c.code).order_by(courses.c.id))]


async def applied(school, resident, people=4, **differing):
    """The number of a course that so many have applied for, and the numbers of their applications."""
    course = await school.opens(**{"capacity": 2, "waitlist_capacity": 1, **differing})
    await school.promises_lotteries()
    for number in range(1, people + 1):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    school.now = MONDAY + school.days(8 if differing.get("selection") == "lottery" else 60)
    return (await codes(school))[0], await school.live(course)


async def at_once(*asked):
    """What came of all of them: lines or a refusal."""
    ended = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(each, list | Declined) for each in ended), ended
    return [each for each in ended if isinstance(each, Declined)]


async def counted(school, state):
    return len(await school.rows(select(table.c.id).where(table.c.state == state)))


async def test_of_ten_selections_at_once_one_is_made(school, resident, dawdling):
    code, mine = await applied(school, resident, selection="review")
    dawdling(enrollments, "set_ranks")
    refused = await at_once(*(school.asks(selections.accept, code, [mine[n % 4]]) for n in TEN))
    assert ["이미 선발했습니다" in str(each) for each in refused] == [True] * 9
    assert await counted(school, "confirmed") == 1


async def test_of_ten_draws_at_once_one_is_made(school, resident, dawdling):
    code, _ = await applied(school, resident, selection="lottery")
    await school.hears_the_public_value(code)
    dawdling(enrollments, "set_ranks")
    refused = await at_once(*(school.asks(lotteries.draw, code, PUBLIC_VALUE) for _ in TEN))
    assert ["이미 추첨했습니다" in str(each) for each in refused] == [True] * 9
    assert (await counted(school, "confirmed"), await counted(school, "waiting")) == (2, 1)


async def test_of_ten_who_say_who_completed_one_is_heard(school, resident, dawdling):
    code, mine = await applied(school, resident, 2, selection="first_come")
    dawdling(enrollments, "decide")
    refused = await at_once(*(school.asks(completing.complete, code, [mine[n % 2]], True) for n in TEN))
    assert ["이미 수료를 정했습니다" in str(each) for each in refused] == [True] * 9
    assert (await counted(school, "completed"), await counted(school, "not_completed")) == (1, 1)


async def test_of_ten_classes_that_move_into_one_room_at_once_one_gets_it(school, dawdling):
    for _ in TEN:
        await school.opens()
    dawdling(sessions, "move")
    refused = await at_once(*(school.asks(moving.move, code, 2, "2026-12-17") for code in await codes(school)))
    assert ["같은 장소(실습실 A)의" in str(each) for each in refused] == [True] * 9

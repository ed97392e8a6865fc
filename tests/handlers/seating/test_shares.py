"""Seats by channel: who comes online and who comes to the desk have seats of their own until a stated time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.states import OFFLINE
from storage.tables import enrollments as table
from storage.teaching import courses
from tests.support.domain import MONDAY
from tests.support.people.offline import comes

UNTIL = MONDAY + timedelta(days=3)


async def shared(school, **differing):
    return await school.opens(**{"capacity": 3, "offline_seats": 1, "offline_until": UNTIL, **differing})


async def register(resident, course, *numbers):
    for number in numbers:
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")


async def states(school, course):
    rows = await school.rows(select(table.c.state).where(table.c.course_id == course).order_by(table.c.id))
    return [row.state for row in rows]


async def test_who_comes_online_does_not_get_a_seat_of_the_desk(school, resident):
    course = await shared(school)
    await register(resident, course, 1, 2, 3)
    assert await states(school, course) == ["confirmed", "confirmed", "waiting"]
    assert await comes(school, course) == "confirmed"


@pytest.mark.parametrize("channel", OFFLINE)
async def test_who_comes_to_the_desk_does_not_get_a_seat_of_those_online(school, resident, channel):
    course = await shared(school)
    assert [await comes(school, course, channel) for _ in range(2)] == ["confirmed", "waiting"]
    await register(resident, course, 1, 2)
    assert await states(school, course) == ["confirmed", "waiting", "confirmed", "confirmed"]


async def test_at_the_stated_time_what_is_left_goes_to_those_who_wait_whichever_way_they_came(school, resident, clock):
    course = await shared(school)
    await register(resident, course, 1, 2, 3)
    await clock.ticks()
    assert await states(school, course) == ["confirmed", "confirmed", "waiting"]
    school.now = UNTIL
    assert [letter.address for letter in await clock.ticks()] == ["3"]
    assert await states(school, course) == ["confirmed", "confirmed", "offered"]


async def test_what_is_left_online_goes_to_the_desk_at_that_time(school, clock):
    course = await shared(school)
    assert [await comes(school, course) for _ in range(3)] == ["confirmed", "waiting", "waiting"]
    school.now = UNTIL
    await clock.ticks()
    assert await states(school, course) == ["confirmed", "offered", "offered"]


@pytest.mark.on_sqlite
async def test_who_comes_after_that_time_waits_behind_those_who_waited(school, resident):
    course = await shared(school)
    await register(resident, course, 1, 2, 3)
    school.now = UNTIL
    assert await comes(school, course) == "waiting"


@pytest.mark.on_sqlite
async def test_a_seat_that_is_given_back_goes_to_the_line_of_its_share(school, resident):
    course = await shared(school, offline_seats=2)
    await register(resident, course, 1)
    assert [await comes(school, course) for _ in range(3)] == ["confirmed", "confirmed", "waiting"]
    await register(resident, course, 2)
    mine = (await school.live(course))[0]
    await resident(1).goes_to(f"mine/{mine}/cancel/yes")
    assert await states(school, course) == ["cancelled", "confirmed", "confirmed", "waiting", "offered"]


async def test_one_who_gave_a_seat_back_gets_it_again_only_from_their_share(school, resident):
    course = await shared(school)
    await register(resident, course, 1, 2)
    mine = (await school.live(course))[0]
    await resident(1).goes_to(f"mine/{mine}/cancel/yes")
    await register(resident, course, 3)
    assert "다른 분께" in await resident(1).goes_to(f"mine/{mine}/back")


@pytest.mark.parametrize("offline", [0, 1])
@pytest.mark.parametrize("online", [1, 2])
@pytest.mark.parametrize("line", [0, 1])
@pytest.mark.parametrize("later", [False, True])
async def test_lists_and_cards_agree_on_whether_one_can_register(school, resident, offline, online, line, later):
    course = await shared(school, waitlist_capacity=line)
    await register(resident, course, *range(1, online + 1))
    for _ in range(offline):
        await comes(school, course)
    now = UNTIL if later else school.now
    listed = await school.database.read(lambda tx: courses.open_now(tx, now, 0, 5).courses)
    shown = await school.database.read(lambda tx: courses.get(tx, course).status(now, now.date()))
    assert bool(listed) == (shown in ("open", "waitlist"))


async def test_the_card_says_whose_the_seats_are_until_when_and_only_until_then(school, visitor):
    course = await shared(school, capacity=15, offline_seats=5)
    shown = await visitor().goes_to(f"courses/{course}")
    assert "10자리 남음 (정원 15명)" in shown
    assert "온라인 10명, 전화·방문 5명이에요. 11월 26일(목) 오전 10시에 남은 자리는 누구나 신청할 수 있어요." in shown
    school.now = UNTIL
    assert "전화·방문 5명" not in await visitor().goes_to(f"courses/{course}")

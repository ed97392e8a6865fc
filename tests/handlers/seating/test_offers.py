"""Freed seats: offered in the order of the line, for a time, and never to more people than there are seats."""

import asyncio
import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from handlers.calendar.hours import Hours
from storage.people import reaching
from storage.seating import turns
from storage.tables import courses
from storage.tables import enrollments as table
from tests.support.domain import MONDAY, SEOUL

pytestmark = pytest.mark.on_sqlite


async def line(school, resident, people, **differing):
    """A course of one seat with so many residents: the first has it, the others wait; ids of their enrollments."""
    course = await school.opens(**{"capacity": 1, **differing})
    for number in range(1, people + 1):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    return course, await school.live(course)


async def states(school, course):
    rows = await school.rows(select(table.c.state).where(table.c.course_id == course).order_by(table.c.id))
    return [row.state for row in rows]


async def test_a_freed_seat_is_offered_to_the_first_in_line_who_takes_it_with_one_tap(school, resident, clock):
    course, mine = await line(school, resident, 3)
    await clock.ticks()
    await resident(1).goes_to(f"mine/{mine[0]}/cancel/yes")
    (letter,) = await clock.ticks()
    assert (letter.address, letter.labels[0]) == ("2", "참여하기")
    assert "11월 24일(화) 오전 10시까지 답해 주세요. 답이 없으면 다음 분께 넘어가요." in letter.text
    assert "자리가 정해졌어요" in await resident(2).goes_to(letter.reply.buttons[0].path)
    assert await states(school, course) == ["cancelled", "confirmed", "waiting"]


@pytest.mark.parametrize(("channel", "until"), [("telegram", "24일(화)"), ("web", "25일(수)"), ("kakao", "25일(수)")])
async def test_who_can_not_be_written_to_has_longer_to_answer(school, visitor, channel, until):
    course = await school.opens(capacity=1)
    await visitor("first").registers(course, mobile="010-0000-0002")
    waits = visitor("1", channel)
    await waits.registers(course)
    await visitor("first").goes_to("mine/1/cancel/yes")
    assert f"11월 {until} 오전 10시까지 답해 주세요" in await waits.goes_to("mine/2")


@pytest.mark.on_both
async def test_who_blocked_the_bot_is_drawn_for_longer_too_and_others_of_the_draw_are_not(school, resident, clock):
    course, _ = await line(school, resident, 2, capacity=2, selection="lottery", confirm_hours=24)
    await school.database.write(lambda tx: reaching.mark_reachable(tx, "telegram", "1", False))
    await clock.until(MONDAY + timedelta(days=7, hours=1), timedelta(days=7, hours=1))
    await school.draws((await school.rows(select(courses.c.code).where(courses.c.id == course)))[0].code)
    chosen = select(table.c.offer_until, table.c.decided_at).where(table.c.course_id == course).order_by(table.c.id)
    assert [row.offer_until - row.decided_at for row in await school.rows(chosen)] == [school.days(2), school.days(1)]


@pytest.mark.on_both
async def test_who_declines_gives_the_seat_to_the_next_at_once(school, resident, clock):
    course, mine = await line(school, resident, 3)
    await resident(1).goes_to(f"mine/{mine[0]}/cancel/yes")
    assert "다음 분께 드려요" in await resident(2).goes_to(f"mine/{mine[1]}/decline/yes")
    assert await states(school, course) == ["cancelled", "declined", "offered"]
    assert [letter.address for letter in await clock.ticks()] == ["3"]


async def test_an_offer_that_nobody_answers_lapses_is_told_and_goes_on(school, resident, clock):
    course, mine = await line(school, resident, 3)
    await clock.ticks()
    await resident(1).goes_to(f"mine/{mine[0]}/cancel/yes")
    letters = await clock.passes(hours=24, minutes=30)
    assert sorted(letter.address for letter in letters) == ["2", "2", "2", "3"]
    assert "기한이 지나서" in clock.sent_to("2")[-1].text
    assert "기한이 지나서" in await resident(2).goes_to(f"mine/{mine[1]}/accept")
    assert await states(school, course) == ["cancelled", "expired", "offered"]


async def test_an_offer_can_be_taken_until_its_deadline_and_not_a_second_later(school, resident, clock):
    _course, mine = await line(school, resident, 3)
    await resident(1).goes_to(f"mine/{mine[0]}/cancel/yes")
    school.now = MONDAY + timedelta(hours=24, seconds=1)
    assert "기한이 지나서" in await resident(2).goes_to(f"mine/{mine[1]}/accept")
    school.now = MONDAY + timedelta(hours=24)
    assert "자리가 정해졌어요" in await resident(2).goes_to(f"mine/{mine[1]}/accept")


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("freed", "until"),
    [("2026-11-23 10:00", "2026-11-24 10:00"), ("2026-11-23 22:00", "2026-11-25 08:00"),
     ("2026-11-24 03:00", "2026-11-25 08:00")],
)  # fmt: skip
async def test_an_offer_lasts_its_hours_from_when_it_can_be_told_and_never_ends_at_night(
    school, resident, freed, until
):
    _, mine = await line(school, resident, 2)
    school.now = datetime.fromisoformat(freed).replace(tzinfo=SEOUL)
    await resident(1).goes_to(f"mine/{mine[0]}/cancel/yes")
    row = (await school.rows(select(table.c.offer_until).where(table.c.id == mine[1])))[0]
    assert row.offer_until == datetime.fromisoformat(until).replace(tzinfo=SEOUL)
    assert not Hours().is_quiet(row.offer_until, SEOUL)


@pytest.mark.on_both
async def test_near_the_start_all_who_wait_are_told_and_the_first_to_press_has_the_seat(school, resident, clock):
    _course, mine = await line(school, resident, 4)
    school.now = datetime(2026, 12, 6, 10, tzinfo=SEOUL)
    await clock.ticks()
    await resident(1).goes_to(f"mine/{mine[0]}/cancel/yes")
    told = {letter.address for letter in await clock.ticks() if "먼저 누르신 분께" in letter.text}
    assert told == {"2", "3", "4"}
    assert "자리가 정해졌어요" in await resident(4).goes_to(f"mine/{mine[3]}/accept")
    assert "빈자리가 없어요" in await resident(2).goes_to(f"mine/{mine[1]}/accept")


async def test_more_seats_are_offered_to_as_many_of_the_line(school, resident, clock):
    course, _ = await line(school, resident, 5)
    await clock.ticks()
    await school.changes(course, capacity=3)
    assert sorted(letter.address for letter in await clock.ticks()) == ["2", "3"]  # both are sent at once
    assert await states(school, course) == ["confirmed", "offered", "offered", "waiting", "waiting"]


async def test_a_newcomer_does_not_get_a_seat_that_is_offered_to_somebody(school, resident):
    course, mine = await line(school, resident, 2)
    await resident(1).goes_to(f"mine/{mine[0]}/cancel/yes")
    assert "대기 1번" in await resident(9).registers(course, mobile="010-0000-0009")


async def test_my_courses_show_an_offer_with_its_deadline_and_both_answers(school, resident):
    _course, mine = await line(school, resident, 2)
    await resident(1).goes_to(f"mine/{mine[0]}/cancel/yes")
    shown = await resident(2).goes_to(f"mine/{mine[1]}")
    assert "참여요청 · 11월 24일(화) 오전 10시까지 답해 주세요" in shown


@pytest.mark.on_both
async def test_200_simultaneous_cancels_accepts_declines_and_lapses_never_overfill_a_course(
    school, resident, clock, dawdling
):
    """Seats held and offered are counted at every commit, by a reader beside."""
    dawdling(turns, "next_in_line")
    course, mine = await line(school, resident, 60, capacity=10, waitlist_capacity=50)
    dice, most = random.Random(7), []
    deeds = ("cancel/yes", "accept", "decline/yes", "cancel/yes")

    async def watches():
        while True:
            most.append(await school.database.read(lambda tx: held(tx, course)))
            await asyncio.sleep(0)

    watching = asyncio.create_task(watches())
    for _ in range(4):
        chosen = [(dice.randrange(60), dice.choice(deeds)) for _ in range(50)]
        school.now += timedelta(hours=dice.choice((1, 25)))
        taps = (resident(n + 1).goes_to(f"mine/{mine[n]}/{deed}") for n, deed in chosen)
        await asyncio.gather(*taps, clock.ticks())
    watching.cancel()
    assert max(most) <= 10
    assert len(most) > 10
    await clock.ticks()
    assert await school.database.read(lambda tx: held(tx, course)) == 10 or not await school.enrolled(course, "waiting")


def held(tx, course):
    row = tx.execute(select(courses.c.capacity).where(courses.c.id == course)).scalar_one()
    states = tx.execute(
        select(table.c.state).where(
            table.c.course_id == course, table.c.ended_at.is_(None), table.c.state.in_(("confirmed", "offered"))
        )
    )
    assert row == 10
    return len(states.all())


async def test_a_seat_that_is_given_back_taken_back_and_given_back_again_is_told_again(school, resident, clock):
    _course, mine = await line(school, resident, 2)
    school.now = datetime(2026, 12, 6, 10, tzinfo=SEOUL)
    await clock.ticks()
    for expected in (["2"], ["2"]):
        await resident(1).goes_to(f"mine/{mine[0]}/cancel/yes")
        told = [letter.address for letter in await clock.ticks() if "먼저 누르신 분께" in letter.text]
        assert told == expected
        school.waits(minutes=5)
        assert "신청은 그대로예요" in await resident(1).goes_to(f"mine/{mine[0]}/back")
        await clock.ticks()

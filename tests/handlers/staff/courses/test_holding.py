"""Seats kept for an institution: counted openly, used by its people, and given back at their time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.seating import holds
from handlers.staff.courses import applications, holding
from handlers.staff.desk import acts, undoing
from storage.tables import courses as table
from storage.tables import enrollments as applied
from storage.teaching import courses
from tests.support.domain import MONDAY
from tests.support.people.offline import comes

CENTRE = "일자리플러스센터"


@pytest.fixture
async def code(school):
    """The number of a course with three seats."""
    await school.opens(capacity=3)
    return (await school.rows(select(table.c.code)))[0].code


async def keeps(school, code, count=2, until="2026-11-30"):
    return await school.asks(holding.hold, code, CENTRE, count, until)


async def does(school, act, **args):
    return await school.gets(acts.perform, act, args, again=True)


async def states(school):
    return [row.state for row in await school.rows(select(applied.c.state).order_by(applied.c.id))]


async def test_nobody_else_gets_a_seat_that_is_kept(school, visitor, code):
    said = "\n".join(await keeps(school, code))
    assert f"{CENTRE}에 2자리를 잡아 두었습니다" in said
    assert "정원 3명, 확정 0명, 기관 자리 2개, 빈자리 1개" in said
    assert "1자리 남음 (정원 3명)" in await visitor().goes_to("courses/1")
    assert [await comes(school, 1) for _ in range(2)] == ["confirmed", "waiting"]
    assert "신청 1명, 기관 자리 2명, 대기 1명" in await visitor().goes_to("courses/1/more")


async def test_what_is_kept_goes_to_the_line_once_its_time_is_over(school, resident, clock, code):
    await keeps(school, code, 3)
    await resident(1).registers(1)
    school.now = MONDAY.replace(day=30, hour=23, minute=59, second=59)
    await clock.ticks()
    assert await states(school) == ["waiting"]
    school.waits(seconds=1)
    await clock.ticks()
    assert await states(school) == ["offered"]
    assert "잡아 둔 자리가 없습니다" in "\n".join(await school.asks(holding.show, code))


async def test_what_is_given_back_is_offered_and_that_can_be_undone(school, resident, code):
    await keeps(school, code, 3)
    await resident(1).registers(1)
    told = await does(school, holding.RELEASE, code=code, hold_id=1)
    assert (told.reach.people, await states(school)) == (1, ["offered"])
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert await states(school) == ["waiting"]
    assert (await school.database.read(lambda tx: courses.get(tx, 1))).kept == 3


async def test_giving_back_can_not_be_undone_once_the_seat_is_somebody_else_s(school, code):
    await keeps(school, code, 3)
    told = await does(school, holding.RELEASE, code=code, hold_id=1)
    await comes(school, 1)
    assert "되돌릴 수 없습니다" in await school.declines(undoing.undo, told.steps[-1].args["entry"])


async def test_who_waits_gets_a_seat_of_the_institution(school, resident, code):
    await keeps(school, code, 3)
    for number in (1, 2):
        await resident(number).registers(1, mobile=f"010-0000-{number:04}")
    await school.asks(holding.use, code, 1, [2])
    assert await states(school) == ["waiting", "confirmed"]
    found = await school.database.read(lambda tx: courses.get(tx, 1))
    assert (found.held, found.kept) == (1, 2)
    assert "지금 ‘확정’ 상태라" in await school.declines(holding.use, code, 1, [2])


@pytest.mark.on_sqlite
async def test_who_is_registered_through_the_institution_uses_a_seat_of_it(school, code):
    await keeps(school, code, 1)

    def uses(tx):
        return holds.use(tx, courses.lock(tx, 1), 1, school.now)

    assert [await school.database.write(uses) for _ in range(2)] == [True, False]


async def test_after_its_time_nobody_uses_it_though_the_clock_has_not_ended_it_yet(school, code):
    await keeps(school, code, 1)
    school.now += timedelta(days=8)
    assert not await school.database.write(lambda tx: holds.use(tx, courses.lock(tx, 1), 1, school.now))


async def test_seats_that_somebody_waits_for_or_has_can_not_be_kept(school, resident, code):
    assert "잡아 둘 수 있는 자리는 3개" in await school.declines(holding.hold, code, CENTRE, 4, "2026-11-30")
    await keeps(school, code, 3)
    await resident(1).registers(1)
    said = await school.declines(holding.hold, code, CENTRE, 1, "2026-11-30")
    assert "잡아 둘 수 있는 자리는 0개입니다. 기다리는 분이 1명 있습니다." in said


@pytest.mark.on_sqlite
@pytest.mark.parametrize("until", ["2026-11-22", "2026-12-09", "내일"])
async def test_a_time_that_is_over_or_after_the_first_class_is_refused(school, code, until):
    assert f"기한 ‘{until}’" in await school.declines(holding.hold, code, CENTRE, 1, until)


async def test_of_a_shared_course_it_is_the_desk_s_seats_that_are_kept(school, resident):
    until = MONDAY + timedelta(days=3)
    await school.opens(capacity=3, offline_seats=1, offline_until=until)
    code = (await school.rows(select(table.c.code)))[0].code
    await keeps(school, code, 1)
    assert await comes(school, 1) == "waiting"
    assert "2자리 남음" in await resident(1).goes_to("courses/1")


async def test_the_roster_shows_what_is_kept(school, code):
    await keeps(school, code)
    said = "\n".join(await school.asks(applications.show, code))
    assert CENTRE in said
    assert "기관 자리 2개" in said


async def test_near_the_start_all_who_wait_are_told_of_each_seat_that_was_kept_until_then(
    school, resident, clock, code
):
    for until in ("2026-12-06 11:00", "2026-12-06 15:00"):
        await keeps(school, code, 1, until)
    await comes(school, 1)
    await resident(1).registers(1)
    school.now = MONDAY.replace(month=12, day=6)
    await clock.ticks()
    for hours in (1, 4):
        school.waits(hours=hours, seconds=1)
        assert ["먼저 누르신 분께" in letter.text for letter in await clock.ticks()] == [True]


async def test_who_waits_online_and_gets_a_seat_of_the_institution_takes_none_of_those_online(school, resident):
    await school.opens(capacity=3, offline_seats=2, offline_until=MONDAY + timedelta(days=3))
    code = (await school.rows(select(table.c.code)))[0].code
    await keeps(school, code, 1)
    for number in (1, 2):
        await resident(number).registers(1, mobile=f"010-0000-{number:04}")
    await school.asks(holding.use, code, 1, [2])
    found = await school.database.read(lambda tx: courses.get(tx, 1))
    assert (found.free_for("web", school.now), found.free_for("visit", school.now)) == (0, 1)


@pytest.mark.on_sqlite
async def test_a_lottery_draws_what_is_not_kept(school, resident):
    await school.opens(capacity=3, selection="lottery")
    await school.promises_lotteries()
    code = (await school.rows(select(table.c.code)))[0].code
    await keeps(school, code, 2, "2026-12-08 09:00")
    for number in range(1, 5):
        await resident(number).registers(1, mobile=f"010-0000-{number:04}")
    school.now = MONDAY + timedelta(days=8)
    await school.draws(code)
    assert sorted(await states(school)) == ["confirmed", "waiting", "waiting", "waiting"]


async def test_how_many_seats_are_drawn_does_not_change_once_the_list_is_fixed(school, resident, clock):
    await school.opens(capacity=3, selection="lottery")
    await school.promises_lotteries()
    code = (await school.rows(select(table.c.code)))[0].code
    await keeps(school, code, 1, "2026-12-08 09:00")
    await resident(1).registers(1)
    school.now = MONDAY + timedelta(days=7, hours=1)
    await clock.ticks()
    for act, *given in ((holding.hold, CENTRE, 1, "2026-12-08 09:00"), (holding.release, 1), (holding.use, 1, [1])):
        assert "신청 목록을 확정한 추첨" in await school.declines(act, code, *given)

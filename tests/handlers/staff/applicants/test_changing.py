"""Applications are cancelled, restored and moved with a reason, seen before it is done, and undone."""

import pytest
from sqlalchemy import select

from handlers.staff.applicants import changing, judging, roster, timeline
from handlers.staff.courses import lotteries, selections
from handlers.staff.desk import undoing
from storage.tables import enrollments
from storage.teaching import courses
from tests.support.domain import MONDAY


@pytest.fixture
async def full(school, resident):
    """T1 has one seat, that the first of four has; the others wait."""
    await school.opens(code="T1", capacity=1)
    for number in range(1, 5):
        await resident(number).registers(1, mobile=f"010-0000-000{number}")


async def line(school):
    found = await school.gets(roster.show, "T1", "line")
    return [each.number for each in found.lines]


async def state(school, number):
    return (await school.rows(select(enrollments.c.state).where(enrollments.c.id == number)))[0].state


async def applies_again(visitor, course):
    await visitor.goes_to(f"forms/enroll/{course}")
    await visitor.presses("이대로 신청하기")


async def test_who_calls_to_cancel_gives_the_seat_to_the_next(school, full, does):
    told = await does(changing.CANCEL, code="T1", number=1, reason="취업하셨다고 전화")
    assert (await state(school, 1), await state(school, 2), told.reach.people) == ("cancelled", "offered", 1)
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert (await state(school, 1), await state(school, 2)) == ("confirmed", "waiting")


async def test_what_was_cancelled_is_restored_where_a_seat_is_free_and_waits_where_none_is(school, full, does):
    await does(changing.CANCEL, code="T1", number=1, reason="전화")
    await does(changing.RESTORE, code="T1", number=1, reason="잘못 취소함")
    assert await line(school) == [1, 3, 4]
    await does(changing.CANCEL, code="T1", number=3, reason="전화")
    for number in (1, 2, 4):
        await does(changing.CANCEL, code="T1", number=number, reason="전화")
    await does(changing.RESTORE, code="T1", number=3, reason="마음을 바꿈")
    assert await state(school, 3) == "confirmed"


@pytest.mark.on_sqlite
async def test_who_has_applied_anew_is_not_restored_beside_it(school, full, does, resident):
    await does(changing.CANCEL, code="T1", number=4, reason="전화")
    await applies_again(resident(4), 1)
    assert "다시 신청해 두셨습니다" in await school.declines(changing.restore, "T1", 4, "전화")


@pytest.mark.on_sqlite
async def test_somebody_is_moved_up_to_a_place_and_back(school, full, does):
    told = await does(changing.MOVE_UP, code="T1", number=4, place=2, reason="접수 오류로 늦게 접수됨")
    assert "대기 3번에서 2번으로" in told.title
    assert await line(school) == [2, 4, 3]
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert await line(school) == [2, 3, 4]


@pytest.mark.on_sqlite
async def test_who_was_moved_up_is_offered_the_next_seat_and_who_comes_later_is_behind(school, full, does, resident):
    await does(changing.MOVE_UP, code="T1", number=4, place=1, reason="접수 오류")
    await does(changing.MOVE_UP, code="T1", number=3, place=2, reason="접수 오류")
    await resident(5).registers(1, mobile="010-0000-0005")
    assert await line(school) == [4, 3, 2, 5]
    await does(changing.CANCEL, code="T1", number=1, reason="전화")
    assert await state(school, 4) == "offered"


@pytest.mark.on_sqlite
@pytest.mark.parametrize("place", [0, 3, 4])
async def test_nobody_is_moved_up_to_where_they_are_or_behind(school, full, place):
    assert "1번부터 2번까지" in await school.declines(changing.move_up, "T1", 4, place, "접수 오류")


async def test_one_more_than_the_capacity_is_taken_and_undone(school, full, does):
    told = await does(changing.ONE_MORE, code="T1", number=3, reason="실습대 하나 더 있음")
    found = await school.database.read(lambda tx: courses.get(tx, 1))
    assert (await state(school, 3), found.capacity, found.held, told.reach.people) == ("confirmed", 2, 2, 1)
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    found = await school.database.read(lambda tx: courses.get(tx, 1))
    assert (await state(school, 3), found.capacity, found.held) == ("waiting", 1, 1)


async def test_where_a_seat_is_free_no_capacity_grows(school, full, does):
    await school.changes(1, capacity=9)
    assert "빈자리가 8개 있어" in await school.declines(changing.one_more, "T1", 2, "더")


@pytest.mark.parametrize("work", [changing.cancel, changing.restore, changing.one_more])
async def test_nothing_is_done_without_a_reason_nor_to_another_course_s(school, full, work):
    number = 1 if work is not changing.one_more else 2
    assert "까닭을 적어" in await school.declines(work, "T1", number, " ")
    await school.opens(code="T2")
    assert "이 과정의 신청이 아닙니다" in await school.declines(work, "T2", 1, "전화")


async def test_a_lottery_that_was_drawn_is_drawn_alike_though_somebody_was_moved_up(school, resident, does):
    await school.opens(code="T1", selection="lottery", capacity=1, waitlist_capacity=5)
    await school.promises_lotteries()
    for number in range(1, 5):
        await resident(number).registers(1, mobile=f"010-0000-000{number}")
    school.now = MONDAY + school.days(8)
    await school.draws("T1")
    last = (await line(school))[-1]
    await does(changing.MOVE_UP, code="T1", number=last, place=1, reason="장애인 우선")
    assert (await line(school))[0] == last
    assert (await school.gets(lotteries.verify, "T1")).is_good


async def test_the_history_tells_when_by_whom_and_why(school, full, does, clock):
    await does(changing.MOVE_UP, code="T1", number=4, place=1, reason="접수 오류")
    school.waits(minutes=1)
    await does(changing.CANCEL, code="T1", number=1, reason="취업")
    school.waits(minutes=20)
    await clock.ticks()
    events = (await school.gets(timeline.show, "T1", 4)).events
    said = [f"{each.what} / {each.why}" for each in events]
    assert said[0] == "텔레그램으로 신청 / "
    assert said[1] == "순서 당기기 (배움톡) / 접수 오류"
    assert said[2] == "신청 취소 (배움톡): 대기 → 답을 기다림 / 취업"
    assert said[3].startswith("알림 ‘자리 제안’")


@pytest.mark.on_sqlite
async def test_the_roster_is_narrowed_to_a_group_and_counts_all(school, full, does):
    await does(changing.CANCEL, code="T1", number=4, reason="전화")
    found = await school.gets(roster.show, "T1", "over")
    assert [(each.number, each.state, each.why) for each in found.lines] == [(4, "본인취소", "본인이 취소")]
    assert dict(found.counts) == {"seated": 1, "line": 2, "over": 1}


async def test_who_decides_sees_age_home_and_what_somebody_took_before(school, resident, does, calls):
    await school.opens(code="T0")
    await school.opens(code="T1", selection="review", term="2027-H1", apply_end=MONDAY, venue="실습실 B")
    await resident(1).registers(1)
    await does(changing.CANCEL, code="T0", number=1, reason="전화")
    await applies_again(resident(1), 2)
    await calls("T1")
    school.waits(days=1)
    found = await school.gets(judging.show, "T1")
    told = [(each.name, each.age, each.lives, each.earlier) for each in found.candidates]
    assert told == [("홍길동", "43세", "청구동", "취소 1"), ("임꺽정", "56세", "청구동", "처음")]
    await does(selections.SELECT, code="T1", numbers=[3])
    assert await state(school, 3) == "confirmed"

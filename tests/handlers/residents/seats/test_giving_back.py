"""Giving a seat back is asked about first, and can be taken back for some minutes while nobody has it."""

import asyncio

import pytest
from sqlalchemy import select

from storage.seating import enrollments
from storage.tables import enrollments as table
from storage.teaching import courses
from tests.support.counseling.centre import books

pytestmark = pytest.mark.on_sqlite

ASKING = (
    ("mine/{mine}/cancel", "아니요, 그대로 둘게요", "네, 취소할게요"),
    ("talks/1/cancel", "아니요, 그대로 둘게요", "네, 취소할게요"),
    ("news/stop", "수업 알림은 계속 받기", "수업 알림도 모두 끄기"),
)


async def enrolled(school, visitor, address="r1", mobile="010-0000-0001", course=None, **differing):
    """The course, a resident with an enrollment in it, and its id."""
    course = course or await school.opens(**differing)
    resident = visitor(address)
    await resident.registers(course, mobile=mobile)
    return course, resident, (await school.live(course))[-1]


async def offered(school, visitor, people=2):
    """The course, who is offered its only seat, and the id of their enrollment."""
    course, holder, held = await enrolled(school, visitor, "holder", capacity=1)
    for number in range(2, people + 1):
        await enrolled(school, visitor, f"w{number}", f"010-0000-{number:04}", course)
    await holder.goes_to(f"mine/{held}/cancel/yes")
    return course, visitor("w2"), (await school.live(course))[0]


async def state(school, enrollment):
    (row,) = await school.rows(select(table.c.state, table.c.ended_at).where(table.c.id == enrollment))
    return row.state if row.ended_at is None else "over"


@pytest.mark.parametrize(("path", "safe", "yes"), ASKING)
@pytest.mark.usefixtures("centre")
async def test_the_safe_choice_comes_first_and_the_other_stands_apart(school, visitor, path, safe, yes):
    resident = visitor()
    await books(resident)
    course = await school.opens()
    await resident.goes_to(f"forms/enroll/{course}")
    for words in ("동의하고 계속", "청구동", "1983"):
        await resident.says(words)
    await resident.submits(course)
    await resident.goes_to(path.format(mine=(await school.live(course))[0]))
    first, second = resident.screen.buttons
    assert (first.label, second.label, second.stands_apart) == (safe, yes, True)


async def test_declining_is_asked_first_and_stands_apart_from_accepting(school, visitor):
    _, resident, mine = await offered(school, visitor)
    await resident.goes_to(f"mine/{mine}")
    labels = [button.label for button in resident.screen.buttons]
    assert labels == ["참여하기", "강좌 안내 보기", "참여하지 않기"]
    assert "정말 참여하지 않으시겠어요" in await resident.presses("참여하지 않기")
    assert [button.label for button in resident.screen.buttons] == ["아니요, 더 생각할게요", "네, 참여하지 않을게요"]
    assert await state(school, mine) == "offered"
    await resident.presses("네, 참여하지")
    assert await state(school, mine) == "over"


@pytest.mark.on_both
async def test_a_cancelled_seat_is_taken_back_with_one_tap_and_no_form(school, visitor):
    course, resident, mine = await enrolled(school, visitor)
    assert "10분 안에 되돌릴 수 있어요" in await resident.goes_to(f"mine/{mine}/cancel/yes")
    school.waits(minutes=10)
    assert "신청은 그대로예요" in await resident.presses("되돌리기")
    assert (await school.live(course), await state(school, mine)) == ([mine], "confirmed")


async def test_later_it_is_gone_and_registering_anew_is_offered(school, visitor):
    course, resident, mine = await enrolled(school, visitor)
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    school.waits(minutes=10, seconds=1)
    assert "되돌릴 수 있는 시간이 지났어요" in await resident.presses("되돌리기")
    assert "지금 신청할 수 있어요" in await resident.presses("다시 신청하기")
    assert await school.enrolled(course) == 0


async def test_a_seat_that_went_to_the_next_in_line_cannot_be_taken_back(school, visitor):
    course, resident, mine = await enrolled(school, visitor, capacity=1)
    _, _, waiting = await enrolled(school, visitor, "w", "010-0000-0002", course)
    assert "되돌릴" not in await resident.goes_to(f"mine/{mine}/cancel/yes")
    assert "되돌릴 수 있는 시간이 지났어요" in await resident.goes_to(f"mine/{mine}/back")
    assert [await state(school, each) for each in (mine, waiting)] == ["over", "offered"]


async def test_a_place_in_line_is_taken_back_where_it_was(school, visitor):
    course, _, _ = await enrolled(school, visitor, "holder", capacity=1)
    _, first, ahead = await enrolled(school, visitor, "w1", "010-0000-0002", course)
    await enrolled(school, visitor, "w2", "010-0000-0003", course)
    await first.goes_to(f"mine/{ahead}/cancel/yes")
    assert "대기 1번이에요" in await first.presses("되돌리기")


async def test_a_declined_offer_is_taken_back_with_its_deadline_while_nobody_else_waits(school, visitor):
    _, resident, mine = await offered(school, visitor)
    until = "11월 25일(수) 오전 10시까지"
    assert until in await resident.goes_to(f"mine/{mine}")
    await resident.goes_to(f"mine/{mine}/decline/yes")
    assert until in await resident.presses("되돌리기")
    assert "자리가 정해졌어요" in await resident.presses("참여하기")


async def test_a_declined_offer_that_went_on_is_gone(school, visitor):
    course, resident, mine = await offered(school, visitor, people=3)
    await resident.goes_to(f"mine/{mine}/decline/yes")
    await resident.goes_to(f"mine/{mine}/back")
    assert [row.state for row in await states(school, course)] == ["cancelled", "declined", "offered"]


async def test_nobody_takes_back_what_is_anothers(school, visitor):
    _, resident, mine = await enrolled(school, visitor)
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    assert "찾을 수 없어요" in await visitor("stranger").goes_to(f"mine/{mine}/back")
    assert await state(school, mine) == "over"


async def test_who_has_registered_anew_keeps_one_seat(school, visitor):
    course, resident, mine = await enrolled(school, visitor)
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    await resident.goes_to(f"forms/enroll/{course}")
    await resident.submits(course)
    assert "이미 신청하셨어요" in await resident.goes_to(f"mine/{mine}/back")
    assert await school.enrolled(course) == 1


async def test_a_course_taken_meanwhile_counts_toward_the_terms_limit(school, visitor):
    _, resident, mine = await enrolled(school, visitor)
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    other = await school.opens(title="라떼아트", weekdays="2", start_date=school.day(2026, 12, 9))
    await resident.goes_to(f"forms/enroll/{other}")
    await resident.submits(other)
    assert "한 학기에 1개까지만" in await resident.goes_to(f"mine/{mine}/back")


@pytest.mark.on_both
async def test_a_seat_is_taken_back_or_taken_by_one_of_ten_newcomers_never_both(school, visitor, dawdling):
    dawdling(courses, "get")  # between looking at the seats and taking one, somebody else may take it
    course, resident, mine = await enrolled(school, visitor, capacity=1, waitlist_capacity=0)
    rest = [visitor(f"n{number}") for number in range(10)]
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    for number, each in enumerate(rest):
        await each.fills_in(course, mobile=f"010-0000-{number + 10:04}")
    await asyncio.gather(resident.goes_to(f"mine/{mine}/back"), *(each.submits(course) for each in rest))
    assert await school.enrolled(course) == 1


@pytest.mark.on_both
async def test_ten_processes_that_take_the_same_back_do_it_once(school, visitor, processes, dawdling):
    dawdling(enrollments, "take_back")
    course, resident, mine = await enrolled(school, visitor)
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    said = await asyncio.gather(*(one().goes_to(f"mine/{mine}/back") for one in processes(10)))
    assert sum("신청은 그대로예요" in each for each in said) == 1
    assert await school.live(course) == [mine]


async def states(school, course):
    return await school.rows(select(table.c.state).where(table.c.course_id == course).order_by(table.c.id))


async def test_what_was_given_back_by_a_slip_can_be_taken_back_from_wherever_one_looks(school, visitor):
    _, resident, mine = await enrolled(school, visitor)
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    assert "되돌렸어요" in await resident.presses("되돌리기")
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    for words in ("도움말", "내 신청", "1"):
        await resident.says(words)
    assert "되돌렸어요" in await resident.presses("되돌리기")
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    school.waits(minutes=11)
    await resident.goes_to(f"mine/{mine}")
    assert "되돌리기" not in [button.label for button in resident.screen.buttons]

"""My courses: where I stand, the next class, the calendar, and giving a seat back."""

import asyncio

import pytest
from icalendar import Calendar
from sqlalchemy import update

from storage.seating import turns
from storage.tables import sessions

pytestmark = pytest.mark.on_sqlite


async def enrolled(school, visitor, address="r1", **differing):
    course = await school.opens(**differing)
    resident = visitor(address)
    await resident.registers(course)
    return course, resident


async def test_my_courses_tell_the_state_and_the_next_class(school, visitor):
    _, resident = await enrolled(school, visitor)
    assert "참여확정" in await resident.says("내 신청")
    assert "1회차 · 12월 8일(화) 오전 10시" in await resident.says("1")


async def test_the_next_class_moves_on_with_time(school, visitor):
    _, resident = await enrolled(school, visitor)
    school.waits(days=16)
    await resident.says("내 신청")
    assert "2회차 · 12월 15일(화)" in await resident.presses("바리스타")


async def test_who_waits_sees_how_many_are_ahead(school, visitor):
    course, _ = await enrolled(school, visitor, capacity=1)
    await visitor("second").registers(course, mobile="010-0000-0002")
    third = visitor("third")
    await third.registers(course, mobile="010-0000-0003")
    assert "앞에 1명" in await third.presses("내 신청 보기")


async def test_a_cancelled_seat_is_free_at_once(school, visitor):
    course, resident = await enrolled(school, visitor, capacity=1, waitlist_capacity=0)
    await resident.says("취소")
    for label in ("바리스타", "네, 취소할게요"):
        await resident.presses(label)
    assert "신청이 접수되었습니다" in await visitor("next").registers(course, mobile="010-0000-0002")


async def test_cancelling_takes_a_second_yes(school, visitor):
    course, resident = await enrolled(school, visitor)
    await resident.presses("내 신청 보기")
    await resident.presses("신청 취소하기")
    await resident.presses("아니요")
    assert await school.enrolled(course) == 1


async def test_cancelling_twice_is_told_and_ends_one(school, visitor):
    course, resident = await enrolled(school, visitor)
    mine = (await school.live(course))[0]
    await resident.goes_to(f"mine/{mine}/cancel/yes")
    assert "이미 끝났어요" in await resident.goes_to(f"mine/{mine}/cancel/yes")


async def test_a_course_that_has_begun_is_not_cancelled_by_a_button(school, visitor):
    course, resident = await enrolled(school, visitor)
    mine = (await school.live(course))[0]
    school.waits(days=16)
    assert "이미 시작해서" in await resident.goes_to(f"mine/{mine}/cancel/yes")
    assert await school.enrolled(course) == 1


async def test_nobody_sees_or_cancels_what_is_anothers(school, visitor):
    course, _ = await enrolled(school, visitor)
    mine, stranger = (await school.live(course))[0], visitor("stranger")
    for path in (f"mine/{mine}", f"mine/{mine}/cancel", f"mine/{mine}/cancel/yes", f"mine/{mine}/calendar"):
        assert "찾을 수 없어요" in await stranger.goes_to(path)
    assert await school.enrolled(course) == 1


async def test_a_free_seat_goes_to_the_first_in_line_and_nobody_passes(school, visitor):
    course, holder = await enrolled(school, visitor, "holder", capacity=1)
    first, second = visitor("first"), visitor("second")
    await first.registers(course, mobile="010-0000-0002")
    await second.registers(course, mobile="010-0000-0003")
    held, ahead, behind = await school.live(course)
    await holder.goes_to(f"mine/{held}/cancel/yes")
    assert "대기 2번" in await visitor("new").registers(course, mobile="010-0000-0004")
    assert "빈자리가 없어요" in await second.goes_to(f"mine/{behind}/accept")
    assert "11월 25일(수) 오전 10시까지 답해 주세요" in await first.says("내 신청")
    assert "자리가 정해졌어요" in await first.goes_to(f"mine/{ahead}/accept")


@pytest.mark.on_both
async def test_one_free_seat_is_accepted_once_by_many_taps(school, visitor, dawdling):
    dawdling(turns, "position")  # between looking at the seats and at the line, somebody else may accept
    course, holder = await enrolled(school, visitor, "holder", capacity=1)
    waiting = [visitor(f"r{n}") for n in range(10)]
    for number, each in enumerate(waiting):
        await each.registers(course, mobile=f"010-0000-{number + 10:04}")
    held, *line = await school.live(course)
    await holder.goes_to(f"mine/{held}/cancel/yes")
    taps = [each.goes_to(f"mine/{mine}/accept") for each, mine in zip(waiting, line, strict=True) for _ in range(2)]
    await asyncio.gather(*taps)
    assert await school.enrolled(course) == 1


async def test_the_calendar_has_every_class_in_its_time(school, visitor):
    _, resident = await enrolled(school, visitor)
    await resident.presses("달력에 넣기")
    events = Calendar.from_ical(resident.screen.file.content).walk("VEVENT")
    assert len(events) == 4
    assert events[0]["dtstart"].to_ical() == b"20261208T010000Z"
    assert events[0]["summary"] == "바리스타 2급 (1)"


@pytest.mark.on_both
async def test_a_class_that_moved_keeps_its_place_in_the_calendar(school, visitor):
    _, resident = await enrolled(school, visitor)
    await resident.presses("달력에 넣기")
    before = Calendar.from_ical(resident.screen.file.content).walk("VEVENT")
    await school.database.write(lambda tx: tx.execute(update(sessions).values(revision=1)))
    await resident.presses("내 신청 보기")
    await resident.presses("달력에 넣기")
    after = Calendar.from_ical(resident.screen.file.content).walk("VEVENT")
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert {event["sequence"] for event in after} == {1}


async def test_a_cancelled_course_says_so_in_my_courses(school, visitor):
    course, resident = await enrolled(school, visitor)
    await school.changes(course, state="cancelled")
    assert "폐강" in await resident.says("내 신청")


async def test_who_gives_up_a_place_in_line_is_not_told_of_a_seat(school, visitor):
    course = await school.opens(capacity=0)
    await visitor().registers(course)
    (mine,) = await school.live(course)
    said = await visitor().goes_to(f"mine/{mine}/cancel/yes")
    assert said.startswith("‘바리스타 2급’ 신청을 취소했어요.\n잘못 누르셨으면")


@pytest.mark.parametrize(
    "said", ["내 수업 언제예요?", "다음 수업은 언제인가요", "수업 몇 시예요", "수업 시간", "다음 수업"]
)
async def test_who_asks_when_their_class_is_sees_it(school, visitor, said):
    _, resident = await enrolled(school, visitor)
    told = await resident.says(said)
    assert "12월 8일(화)" in told
    assert "매주 화요일 오전 10시~오후 1시" in told


async def test_the_same_question_in_a_form_is_answered_there(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="name")
    assert "이름을 적어 주세요" in await resident.says("수업은 언제예요?")

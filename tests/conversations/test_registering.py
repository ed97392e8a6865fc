"""Registering for a course, from the first word to the seat."""

import asyncio


async def test_a_resident_finds_a_course_and_gets_a_seat(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.says("바리스타")
    await resident.presses("신청하기")
    await resident.presses("동의하고 계속")
    for answer in ("홍길동", "83", "01000000001", "청구동", "4"):
        await resident.says(answer)
    assert "신청이 접수되었습니다" in await resident.presses("이대로 신청하기")
    assert await school.enrolled(course) == 1


async def test_who_comes_when_all_seats_are_taken_is_told_the_place_in_line(school, visitor):
    course = await school.opens(capacity=1)
    await visitor("first").registers(course)
    assert "대기 1번" in await visitor("second").registers(course, mobile="010-0000-0002")
    assert "대기 2번" in await visitor("third").registers(course, mobile="010-0000-0003")


async def test_the_last_seat_goes_to_one_of_many(school, visitor):
    course = await school.opens(capacity=1, waitlist_capacity=0)
    residents = [visitor(f"r{n}") for n in range(20)]
    await asyncio.gather(*(each.fills_in(course, mobile=f"010-0000-{n:04}") for n, each in enumerate(residents)))
    replies = await asyncio.gather(*(each.submits(course) for each in residents))
    assert sum("신청이 접수되었습니다" in reply for reply in replies) == 1
    assert sum("모두 찼어요" in reply for reply in replies) == 19

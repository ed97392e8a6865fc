"""Registering at once: races for seats, places in line and one person's chats."""

import asyncio

from storage.seating import enrollments


async def test_the_last_seat_goes_to_one_of_many(school, visitor):
    course = await school.opens(capacity=1, waitlist_capacity=0)
    residents_ = [visitor(f"r{n}") for n in range(20)]
    await asyncio.gather(*(each.fills_in(course, mobile=f"010-0000-{n:04}") for n, each in enumerate(residents_)))
    replies = await asyncio.gather(*(each.submits(course) for each in residents_))
    assert sum("신청이 접수되었습니다" in reply for reply in replies) == 1
    assert sum("모두 찼어요" in reply for reply in replies) == 19


async def test_places_in_line_are_given_out_once_each(school, visitor):
    course = await school.opens(capacity=3, waitlist_capacity=10)
    residents_ = [visitor(f"r{n}") for n in range(16)]
    await asyncio.gather(*(each.fills_in(course, mobile=f"010-0000-{n:04}") for n, each in enumerate(residents_)))
    replies = "\n".join(await asyncio.gather(*(each.submits(course) for each in residents_)))
    assert all(replies.count(f"대기 {place}번으로") == 1 for place in range(1, 11))
    assert (await school.enrolled(course), await school.enrolled(course, "waiting")) == (3, 10)


async def test_of_one_person_in_many_chats_one_application_counts(school, visitor, dawdling):
    course = await school.opens()
    chats = [visitor(f"r{n}") for n in range(12)]
    await asyncio.gather(*(chat.fills_in(course) for chat in chats))
    dawdling(enrollments, "add")
    replies = await asyncio.gather(*(chat.submits(course) for chat in chats))
    assert sum("자리가 정해졌어요" in reply for reply in replies) == 1
    assert sum("담당자가 확인한 뒤" in reply for reply in replies) == 11


async def test_of_one_name_and_number_one_counts_though_some_have_proven_the_number(school, visitor, dawdling):
    course = await school.opens()
    chats = [visitor(f"r{n}") for n in range(12)]
    await asyncio.gather(*((chat.proves if n % 2 else chat.fills_in)(course) for n, chat in enumerate(chats)))
    dawdling(enrollments, "add")
    replies = await asyncio.gather(*(chat.submits(course) for chat in chats))
    assert sum("자리가 정해졌어요" in reply for reply in replies) == 1
    assert sum("여기서 신청할 수 없어요" in reply for reply in replies) == 5


async def test_one_person_in_many_chats_gets_one_course_a_term(school, visitor):
    first, second = await school.opens(), await school.opens(weekdays=(3,), start_date=school.day(2026, 12, 10))
    chats = [(visitor(f"r{n}"), course) for n, course in enumerate([first, second] * 6)]
    await asyncio.gather(*(chat.proves(course) for chat, course in chats))
    await asyncio.gather(*(chat.submits(course) for chat, course in chats))
    assert await school.enrolled(first) + await school.enrolled(second) == 1


async def test_a_seat_given_back_during_a_rush_is_taken_once(school, visitor):
    course = await school.opens(capacity=1, waitlist_capacity=0)
    holder, rest = visitor("holder"), [visitor(f"r{n}") for n in range(12)]
    await asyncio.gather(*(each.fills_in(course, mobile=f"010-0000-{n:04}") for n, each in enumerate(rest)))
    await holder.registers(course, mobile="010-0000-9999")
    mine = (await school.live(course))[0]
    await asyncio.gather(holder.goes_to(f"mine/{mine}/cancel/yes"), *(each.submits(course) for each in rest))
    assert await school.enrolled(course) <= 1

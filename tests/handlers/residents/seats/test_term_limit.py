"""A term's limit counts seats: who only waits or has only applied may still choose."""

import asyncio

import pytest
from sqlalchemy import select

from storage.people import residents
from storage.people.finding import persons
from storage.seating import enrollments
from storage.tables import courses
from storage.tables import enrollments as table

pytestmark = pytest.mark.on_sqlite

PEOPLE = 15


async def second(school, **differing):
    return await school.opens(title="꽃차", weekdays="3", start_date=school.day(2026, 12, 10), **differing)


async def state(school, course):
    query = select(table.c.state).where(table.c.course_id == course).order_by(table.c.id)
    return [row.state for row in await school.rows(query)]


async def again(resident, course):
    """Registers, as somebody who is known already."""
    await resident.goes_to(f"forms/enroll/{course}")
    return await resident.submits(course)


async def waits(school, visitor):
    """Somebody who waits in a course of one seat, which somebody else has."""
    course = await school.opens(capacity=1)
    await visitor("other").registers(course, mobile="010-0000-0009")
    resident = visitor()
    await resident.registers(course)
    return course, resident


async def test_who_waits_may_take_a_seat_elsewhere(school, visitor):
    _, resident = await waits(school, visitor)
    assert "신청이 접수되었습니다" in await again(resident, await second(school))


async def test_who_has_applied_for_a_draw_may_take_a_seat_elsewhere(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens(selection="lottery"))
    assert "신청이 접수되었습니다" in await again(resident, await second(school))


async def test_the_refusal_names_the_seat_and_leads_to_it(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens(title="바리스타"))
    assert "‘바리스타’ 자리가 있으세요" in await resident.goes_to(f"forms/enroll/{await second(school)}")
    assert "참여확정" in await resident.presses("내 신청 보기")


async def test_of_a_seat_taken_in_another_chat_of_theirs_nothing_is_told(school, visitor):
    here, there = visitor("here", "telegram"), visitor("there", "telegram")
    for each, course in ((there, await school.opens(title="바리스타")), (here, await second(school))):
        await each.proves(course)
        answer = await each.submits(course)
    assert "전화해 주시면" in answer
    assert "바리스타" not in answer


async def test_a_limit_that_is_reached_with_seats_of_another_chat_of_theirs_names_none(school, visitor):
    here, there = visitor("here", "telegram"), visitor("there", "telegram")
    for each, day in ((there, 10), (here, 11)):
        course = await school.opens(title="꽃차", term_limit=2, start_date=school.day(2026, 12, day))
        await each.proves(course)
        await each.submits(course)
    told = await again(here, await school.opens(term_limit=2))
    assert "전화해 주시면" in told
    assert "꽃차" not in told


async def test_an_offer_beyond_a_seat_in_another_chat_of_theirs_tells_nothing_of_it(school, visitor):
    mine = await offered(school, await school.opens(), "web", 1)
    await offered(school, taken := await second(school), "telegram", 1)
    await school.database.write(lambda tx: enrollments.confirm(tx, mine + 1, school.now))
    told = await visitor("p1").goes_to(f"mine/{mine}/accept")
    assert "여기서 신청할 수 없어요" in told
    assert "꽃차" not in told
    assert await state(school, taken) == ["confirmed"]


async def test_the_card_tells_the_limit(school, visitor):
    assert "한 학기에 1개까지" in await visitor().goes_to(f"courses/{await second(school)}/more")


async def test_a_completed_course_has_used_its_seat(school, visitor):
    course, resident = await school.opens(), visitor()
    await resident.registers(course)
    await school.database.write(lambda tx: tx.execute(table.update().values(state="completed", ended_at=school.now)))
    assert "한 학기에 1개까지만" in await resident.goes_to(f"forms/enroll/{await second(school)}")


@pytest.mark.on_both
async def test_an_offer_beyond_the_limit_waits_until_the_other_seat_is_given_up(school, visitor):
    _, resident = await waits(school, visitor)
    await again(resident, await second(school))
    first, mine, other = [row.id for row in await school.rows(select(table.c.id).order_by(table.c.id))]
    await visitor("other").goes_to(f"mine/{first}/cancel/yes")
    assert "한 학기에 1개까지만" in await resident.goes_to(f"mine/{mine}/accept")
    await resident.goes_to(f"mine/{other}/cancel/yes")
    assert "자리가 정해졌어요" in await resident.goes_to(f"mine/{mine}/accept")


async def test_who_is_drawn_beyond_the_limit_is_asked_to_choose(school, visitor, clock):
    course, resident = await school.opens(selection="lottery"), visitor()
    await school.promises_lotteries()
    await resident.registers(course)
    await visitor("other").registers(course, mobile="010-0000-0009")
    await again(resident, await second(school))
    school.waits(days=8)
    await clock.ticks()
    await school.draws((await school.rows(select(courses.c.code).order_by(courses.c.id)))[0].code)
    assert await state(school, course) == ["offered", "confirmed"]


async def offered(school, course, channel, number):
    """An offer to somebody who wrote from this channel; its number."""

    def offer(tx):
        person = residents.welcome(tx, channel, f"p{number}", "ko", school.now)
        known = {"birth_year": 1983, "dong": "청구동", "tie": "lives", "target": "none"}
        residents.describe(tx, person, name="홍길동", mobile=f"+8210{number:08}", **known)
        persons.prove(tx, person.id, f"+8210{number:08}")
        mine = enrollments.add(tx, course, person.id, "offered", channel, school.now)
        enrollments.decide(tx, [mine.id], "offered", school.now, offer_until=school.now + school.days(1))
        return mine.id

    return await school.database.write(offer)


@pytest.mark.on_both
async def test_of_two_offers_that_one_person_accepts_at_once_in_two_chats_one_becomes_a_seat(school, visitor):
    first, other = await school.opens(), await second(school)
    accepting = []
    for number in range(PEOPLE):
        for course, channel in ((first, "web"), (other, "telegram")):
            mine = await offered(school, course, channel, number)
            accepting.append(visitor(f"p{number}", channel).goes_to(f"mine/{mine}/accept"))
    await asyncio.gather(*accepting)
    assert [*await state(school, first), *await state(school, other)].count("confirmed") == PEOPLE

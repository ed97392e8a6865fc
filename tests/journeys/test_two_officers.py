"""Two officers at the console and fifty residents in chats, at one course at once: seats are never over."""

import asyncio

from sqlalchemy import func, select

from storage.seating import enrollments as kept
from storage.tables import enrollments
from tests.support.domain import PERSON

SEATS, RESIDENTS, CALLERS = 15, 50, 5


async def calls(officer, number):
    """Somebody calls an officer, who registers them."""
    await officer.opens("/desk/register?course=T1")
    told = {
        **PERSON,
        "name": f"전화{'가나다라마바사아자차'[number]}",
        "mobile": f"010-0000-20{number:02}",
        "aloud": "1",
    }
    return await officer.presses("접수하기", **told)


async def answers_the_phone(officer, numbers):
    return [await calls(officer, number) for number in numbers]


async def test_two_officers_and_fifty_residents_never_get_more_seats_than_there_are(
    counter, school, resident, dawdling
):
    course = await school.opens(code="T1", capacity=SEATS, waitlist_capacity=100)
    for number in range(RESIDENTS):
        await resident(number).fills_in(course, mobile=f"010-0000-10{number:02}")
    officers = [await counter.officer(), await counter.officer()]
    dawdling(kept, "add")
    by_phone = [answers_the_phone(each, range(CALLERS * n, CALLERS * n + CALLERS)) for n, each in enumerate(officers)]
    said = await asyncio.gather(*by_phone, *(resident(number).submits(course) for number in range(RESIDENTS)))
    assert await school.enrolled(course) == SEATS
    assert await school.enrolled(course, "waiting") == RESIDENTS + 2 * CALLERS - SEATS
    assert all("접수했습니다" in each for told in said[:2] for each in told)


async def test_what_both_officers_end_at_once_ends_once_and_the_line_moves_on_by_as_many(counter, school, resident):
    course = await school.opens(code="T1", capacity=SEATS, waitlist_capacity=100)
    for number in range(2 * SEATS):
        await resident(number).registers(course, mobile=f"010-0000-10{number:02}")
    words = {"do": "cancel", "reason": "연락이 닿지 않음", "sure": "1"}
    officers = [await counter.officer(), await counter.officer()]
    await asyncio.gather(
        *(each.sends(f"/desk/courses/T1/people/{number}", words) for each in officers for number in range(1, 6))
    )
    live = select(enrollments.c.state, func.count().label("count")).where(enrollments.c.ended_at.is_(None))
    found = {row.state: row.count for row in await school.rows(live.group_by(enrollments.c.state))}
    assert found == {"confirmed": SEATS - 5, "offered": 5, "waiting": SEATS - 5}

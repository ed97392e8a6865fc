"""Officers and residents at the last seats at the same time: seats are never over, and nobody has two."""

import asyncio

from handlers.staff.applicants import changing
from handlers.staff.applicants.likely import SamePerson
from handlers.staff.desk.declined import Declined
from storage.people import residents
from storage.seating import enrollments

TEN = range(1, 11)


async def test_two_officers_and_ten_residents_at_the_last_seats_get_as_many_as_there_are(
    school, resident, calls, dawdling
):
    await school.opens(code="T1", capacity=3, waitlist_capacity=20)
    for number in TEN:
        await resident(number).fills_in(1, mobile=f"010-0000-10{number:02}")
    dawdling(enrollments, "add")
    callers = [calls("T1", {"name": f"전화{'가나'[each]}", "mobile": f"010-0000-200{each}"}) for each in (0, 1)]
    await asyncio.gather(*callers, *(resident(number).submits(1) for number in TEN))
    assert (await school.enrolled(1), await school.enrolled(1, "waiting")) == (3, 9)


async def test_of_ten_officers_who_make_one_new_person_at_once_one_does(school, calls, dawdling):
    await school.opens(code="T1")
    dawdling(enrollments, "add")
    ended = await asyncio.gather(*(calls("T1", new=True) for _ in TEN), return_exceptions=True)
    assert sum(isinstance(each, Declined) for each in ended) == 9, ended
    assert await school.enrolled(1) == 1


async def test_one_seat_more_at_once_for_ten_is_ten_seats_more(school, resident, does, dawdling):
    await school.opens(code="T1", capacity=1, waitlist_capacity=20)
    for number in range(1, 12):
        await resident(number).registers(1, mobile=f"010-0000-10{number:02}")
    dawdling(enrollments, "decide")
    told = await asyncio.gather(
        *(does(changing.ONE_MORE, code="T1", number=each, reason="더") for each in range(2, 12))
    )
    assert sorted(each.title.split("정원을 ")[1].split("명")[0].zfill(2) for each in told) == [
        f"{seats:02}" for seats in range(2, 12)
    ]
    assert await school.enrolled(1) == 11


async def test_one_new_person_at_once_in_ten_courses_is_one_record(school, calls, dawdling):
    for number in TEN:
        await school.opens(code=f"C{number}", term_limit=0)
    dawdling(residents, "enter")
    ended = await asyncio.gather(*(calls(f"C{number}", new=True) for number in TEN), return_exceptions=True)
    assert sum(isinstance(each, SamePerson) for each in ended) == 9, ended

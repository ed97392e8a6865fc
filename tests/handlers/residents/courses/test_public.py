"""Courses as anybody may know them."""

from datetime import time

import pytest

from handlers.dialogue.chat import Chat, Refused
from handlers.residents.courses import public
from handlers.residents.courses.public import Sought
from storage.people.residents import Resident
from tests.support.domain import SETTINGS

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def tells(school):
    """tells(public.search, …): what is told at this moment."""

    async def tell(what, *given, language="ko"):
        def read(tx):
            return what(Chat(tx, Resident(0, language), school.now, "", "", SETTINGS.to_organization()), *given)

        return await school.database.read(read)

    return tell


FREE = {"material_fee": 0, "exam_fee": 0}
EVENING = {"start_time": time(19), "end_time": time(21)}


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(), ["바리스타", "꽃차", "영어"]),
        (Sought("커피"), ["바리스타"]),
        (Sought("barista"), ["바리스타"]),
        (Sought("ㅂㄹㅅㅌ"), ["바리스타"]),
        (Sought("컴퓨터"), []),
        (Sought(weekday=3), ["꽃차", "영어"]),
        (Sought(weekday=6), []),
        (Sought(time_of_day="morning"), ["바리스타"]),
        (Sought(time_of_day="afternoon"), ["영어"]),
        (Sought(time_of_day="evening"), ["꽃차"]),
        (Sought(max_cost=0), ["꽃차"]),
        (Sought(max_cost=179_999), ["꽃차"]),
        (Sought(max_cost=180_000), ["바리스타", "꽃차", "영어"]),
        (Sought(open_now=True), ["바리스타", "꽃차"]),
        (Sought("커피", max_cost=0), []),
    ],
)
async def test_courses_are_found_by_words_day_time_and_cost(school, tells, sought, found):
    await school.opens(title="바리스타")
    await school.opens(title="꽃차", keywords=(), certificate="", weekdays=(3,), **FREE, **EVENING)
    later = school.dated({"apply_start": (8,), "apply_end": (9,)})
    await school.opens(title="영어", keywords=(), certificate="", weekdays=(1, 3), start_time=time(12), **later)
    assert [course.title for course in (await tells(public.search, sought)).courses] == found


async def test_words_that_are_only_similar_are_said_to_be(school, tells):
    await school.opens()
    assert [(await tells(public.search, Sought(word))).only_similar for word in ("바리스타", "바리스탄")] == [
        False,
        True,
    ]


@pytest.mark.parametrize("state", ["hidden", "cancelled"])
async def test_a_hidden_or_cancelled_course_is_never_told_of(school, tells, state):
    course = await school.opens(state=state)
    for sought in (Sought(), Sought("바리스타")):
        assert (await tells(public.search, sought)).courses == ()
    assert (await tells(public.list_open, 0)).courses == ()
    with pytest.raises(Refused, match=r"courses\.unknown"):
        await tells(public.details, course)


@pytest.mark.parametrize(
    ("differing", "status", "left"),
    [
        ({"capacity": 3}, "open", 3),
        ({"capacity": 0}, "waitlist", 0),
        ({"capacity": 0, "waitlist_capacity": 0}, "full", 0),
        ({"selection": "lottery"}, "open", None),
        ({"apply_start": (1,)}, "upcoming", None),
        ({"apply_start": (-9,), "apply_end": (-1,)}, "closed", None),
        ({"state": "suspended"}, "suspended", None),
    ],
)
async def test_seats_left_are_told_while_they_are_given_to_who_comes(school, tells, differing, status, left):
    course = await school.opens(**school.dated(differing))
    about = await tells(public.details, course)
    assert (about.status, about.seats_left) == (status, left)


async def test_a_course_is_told_in_the_words_of_its_card(school, tells, visitor):
    course = await school.opens(title_en="Barista, grade 2")
    about, someone = await tells(public.details, course), visitor()
    card = await someone.goes_to(f"courses/{course}") + await someone.goes_to(f"courses/{course}/more")
    for words in (about.where, about.who_may_come, about.seats, about.registration, about.what_to_bring, about.cost):
        assert words in card
    assert (await tells(public.details, course, language="en")).title == "Barista, grade 2"


async def test_of_many_courses_the_first_are_told_and_that_there_are_more(school, tells):
    for _ in range(public.SIZE + 1):
        await school.opens()
    found = await tells(public.search, Sought("바리스타"))
    assert (len(found.courses), found.has_more) == (public.SIZE, True)

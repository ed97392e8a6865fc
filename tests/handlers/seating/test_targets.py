"""Whom a course takes first: young and middle-aged follow from the birth year, and one may belong to several groups."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.seating.targets import asks, group_of
from storage.people import residents
from storage.teaching import courses
from tests.support.domain import MONDAY

pytestmark = pytest.mark.on_sqlite


async def person(school, **known):
    def add(tx):
        resident = residents.welcome(tx, "web", "r1", "ko", MONDAY)
        residents.describe(tx, resident, tie="lives", **known)
        return residents.lock(tx, resident.id)

    return await school.database.write(add)


async def course(school, *priority, **differing):
    number = await school.opens(**{"selection": "priority", "priority": priority, **differing})
    return await school.database.read(lambda tx: courses.get(tx, number))


@pytest.mark.parametrize(
    ("priority", "year", "target", "place"),
    [
        (("청년", "중장년"), 2007, None, 0),
        (("청년", "중장년"), 1987, None, 0),
        (("청년", "중장년"), 1986, None, 1),
        (("청년", "중장년"), 1962, None, 1),
        (("청년", "중장년"), 1961, None, 2),
        (("청년(만 19~34세)", "구민"), 1987, None, 1),
        (("경력단절여성", "청년"), 1990, "returning", 0),
        (("청년", "경력단절여성"), 1990, "returning", 0),
        (("청년", "경력단절 여성"), 1970, "returning", 1),
        (("중장년",), 1970, "young", 0),
        (("청년",), None, None, 1),
        (("취업 의지가 있는 청년", "그 밖의 중구민"), 1990, None, 0),
        (("취업 의지가 있는 청년", "그 밖의 중구민"), 1970, None, 1),
    ],
)
async def test_the_first_group_that_one_belongs_to_counts(school, priority, year, target, place):
    assert group_of(await course(school, *priority), await person(school, birth_year=year, target=target)) == place


async def test_the_age_is_that_of_the_year_in_which_the_course_begins(school):
    young = await person(school, birth_year=1987)
    begins = replace(await course(school, "청년"), start_date=date(2027, 1, 5))
    assert group_of(begins, young) == 1


async def test_only_a_course_that_takes_returning_women_first_asks_for_it(school):
    asked = [asks(await course(school, *priority)) for priority in ((), ("청년",), ("청년", "경력단절여성"))]
    assert [*asked, asks(await course(school, "경력단절여성", selection="first_come"))] == [False, False, True, False]


async def test_it_is_said_that_the_answer_counts(school, visitor):
    number = await school.opens(selection="priority", priority=("경력단절여성",))
    assert "먼저 뽑는 분이 있어요(경력단절여성)" in await visitor().fills_in(number)

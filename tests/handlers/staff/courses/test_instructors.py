"""A candidate becomes the instructor of a course, is told, and it is undone."""

from functools import partial

import pytest

from handlers.staff.courses import instructors
from handlers.staff.desk import acts, undoing
from storage.completion import instructors as kept
from storage.tables import journal
from storage.teaching import courses
from tests.support.counseling.completers import completes

pytestmark = pytest.mark.on_sqlite


async def teacher(school):
    return (await school.database.read(lambda tx: courses.by_code(tx, ["T"])))["T"].instructor


async def assigns(school, number, **named):
    args = {"code": "T", "number": number, **named}
    return await school.gets(partial(acts.perform, act=instructors.ASSIGN, args=args))


@pytest.fixture
async def candidate(school, visitor):
    """The number of somebody who completed another course and would like to teach."""
    number = await completes(school, visitor(), school.now, await school.opens(code="OLD"))
    await visitor().goes_to(f"instructors/{number}")
    await school.opens(code="T", instructor="강사 A")
    return number


async def test_the_course_names_them_and_it_is_said_whom_it_tells(school, candidate):
    told = await assigns(school, candidate)
    assert (await teacher(school), told.reach.people) == ("홍길동", 1)
    assert "지금까지는 ‘강사 A’" in told.notes[0]


async def test_another_name_may_be_shown(school, candidate):
    await assigns(school, candidate, name="홍 강사")
    assert await teacher(school) == "홍 강사"


async def test_undoing_puts_back_who_was_told_before_and_the_candidate_stays_one(school, candidate):
    told = await assigns(school, candidate)
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert await teacher(school) == "강사 A"
    found = await school.database.read(lambda tx: kept.find(tx, candidate))
    assert (found.teaches, found.assigned_at) == (None, None)


async def test_nobody_is_assigned_twice(school, candidate):
    await assigns(school, candidate)
    assert "이미 강사로 정한" in await school.declines(instructors.assign, "T", candidate)


async def test_who_is_no_candidate_is_not_assigned(school, candidate):
    assert "이런 번호의 강사 후보가 없습니다" in await school.declines(instructors.assign, "T", 999)


async def test_the_journal_knows_no_name(school, candidate):
    await assigns(school, candidate, name="홍길동")
    assert "홍길동" not in str(await school.rows(journal.select()))

"""Classes without marks are to be marked, from the class on and until everybody is."""

from datetime import timedelta

import pytest

from handlers.attendance.entering import Said, enter
from handlers.staff.attendance import marking
from handlers.staff.desk import acts
from handlers.staff.today import due
from storage.teaching import sessions


@pytest.fixture
async def opening(school, resident):
    course = await school.opens(code="T", minimum=1)
    await resident(1).registers(course)
    return (await school.database.read(lambda tx: sessions.of_courses(tx, [course])))[0]


async def items(school):
    return [each for each in await school.gets(due.due) if each.kind == "attend"]


async def marks(school, **words):
    await school.gets(acts.perform, marking.MARK, {"code": "T", "number": 1, **words})


async def test_a_class_is_to_be_marked_from_before_it_begins_until_it_is(school, opening):
    school.now = opening.starts_at - timedelta(minutes=16)
    assert await items(school) == []
    school.waits(minutes=1)
    (item,) = await items(school)
    assert item.title == "‘바리스타 2급’(T): 1회차(12월 8일(화) 오전 10시) 출석을 적지 않은 분 1명"
    assert (item.deadline - opening.starts_at, item.step.args["class"]) == (timedelta(hours=14), 1)
    await marks(school, everyone=True)
    assert await items(school) == []


async def test_classes_of_earlier_days_are_one_thing_to_do_for_each_course(school, opening):
    school.now = opening.starts_at + timedelta(days=7, hours=4)
    titles = [each.title for each in await items(school)]
    assert [title.partition(": ")[2][:3] for title in titles] == ["1회차", "2회차"]
    school.now = opening.starts_at + timedelta(days=15)
    (item,) = await items(school)
    assert item.title.endswith("1명, 그리고 2개 수업")


async def test_what_waits_is_to_be_looked_at_and_what_was_told_beforehand_from_its_class_on(school, opening):
    (seat,) = await school.live(opening.course_id)
    ahead = Said(opening.id, seat, "absent", "ahead", school.now, is_doubtful=True)
    await school.database.write(lambda tx: enter(tx, ahead, school.now))
    school.now = opening.starts_at - timedelta(hours=1)
    assert await items(school) == []
    school.now = opening.starts_at
    assert "‘바리스타 2급’(T): 출석 확인할 것 1건" in [each.title for each in await items(school)]
    await marks(school, everyone=True)
    assert await items(school) == []

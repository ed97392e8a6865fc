"""Classes are added and put off, and both can be undone; what a sheet says later doesn't take them away."""

from datetime import date

import pytest

from handlers.staff.courses.classes import adding, moving, shifting
from handlers.staff.courses.forms import saving
from handlers.staff.courses.forms.writing import row_of, texts_of
from handlers.staff.desk import acts, undoing
from handlers.staff.importers import import_rows
from storage.teaching import courses, sessions
from tests.support.domain import SEOUL

USUAL = ["12-08 10:00", "12-15 10:00", "12-22 10:00", "12-29 10:00"]


async def begin(school, course):
    found = await school.database.read(lambda tx: sessions.of_courses(tx, [course]))
    assert [each.number for each in found] == [*range(1, len(found) + 1)]
    return [each.starts_at.astimezone(SEOUL).strftime("%m-%d %H:%M") for each in found]


async def does(school, act, **args):
    return await school.gets(acts.perform, act, {"code": "26-01", **args})


async def imports_again(school):
    """The course as its sheet has it now."""
    found = (await school.database.read(lambda tx: courses.by_code(tx, ["26-01"])))["26-01"]
    return await school.gets(import_rows, [row_of(texts_of(found, SEOUL))])


@pytest.fixture
async def weekly(school, resident):
    """One with four classes and somebody who attends."""
    course = await school.opens(code="26-01")
    await resident(1).registers(course)
    return course


async def test_a_class_is_added_at_the_usual_time_and_undone(school, weekly):
    told = await does(school, adding.ADD, when="2026-12-18")
    assert told.title == "‘바리스타 2급’(26-01): 12월 18일(금) 오전 10시 수업을 넣었습니다."
    assert told.reach.people == 1
    assert await begin(school, weekly) == [*USUAL[:2], "12-18 10:00", *USUAL[2:]]
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert await begin(school, weekly) == USUAL


async def test_an_added_class_stays_through_the_next_import_at_whatever_time_it_is(school, weekly):
    await does(school, adding.ADD, when="2027-01-06 14:00")
    assert (await imports_again(school))[0].changed == 0
    assert await begin(school, weekly) == [*USUAL, "01-06 14:00"]
    assert [row.end_date for row in await school.rows(courses.COURSE)] == [date(2027, 1, 6)]


async def test_a_class_that_was_dropped_comes_back_where_it_was(school, weekly):
    await does(school, moving.DROP, number=2)
    await does(school, adding.ADD, when="2026-12-15")
    assert await begin(school, weekly) == USUAL
    await imports_again(school)
    assert await begin(school, weekly) == USUAL


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("2026-12-15 15:00", "이미 수업이 있습니다"),
        ("2026-11-24", "시작일(2026-12-08)보다 앞입니다"),
        ("모레", "날짜와 시각을 적어 주세요"),
    ],
)
async def test_a_class_is_not_added_where_it_can_not_be(school, weekly, when, why):
    assert why in await school.declines(adding.add, "26-01", when)
    assert await begin(school, weekly) == USUAL


async def test_a_class_is_not_added_into_a_room_that_is_taken(school, weekly):
    await school.opens(title="라떼아트", venue="실습실A", start_date=date(2026, 12, 9))
    assert "‘라떼아트’ 2회차" in await school.declines(adding.add, "26-01", "2026-12-16")


async def test_all_classes_from_one_on_are_put_off_and_holidays_are_left_out(school, weekly):
    told = await does(school, shifting.SHIFT, number=3)
    # A week after 12-25, which is a Friday, nothing is closed; 2027-01-05 is a usual Tuesday.
    assert await begin(school, weekly) == [*USUAL[:2], "12-29 10:00", "01-05 10:00"]
    assert told.title == "‘바리스타 2급’(26-01) 3회차부터 2회를 1주씩 미뤘습니다."
    assert (told.reach.people, "교육기간" in told.notes[0]) == (1, True)
    await imports_again(school)
    assert await begin(school, weekly) == [*USUAL[:2], "12-29 10:00", "01-05 10:00"]
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert await begin(school, weekly) == USUAL


async def test_a_class_that_would_be_on_a_holiday_goes_on_by_another_week(school):
    weekly = await school.opens(code="26-01", start_date=date(2026, 12, 11), weekdays=(4,))
    await does(school, shifting.SHIFT, number=2)  # the third would be on 12-25 + 7 = New Year's Day
    assert await begin(school, weekly) == ["12-11 10:00", "01-08 10:00", "01-15 10:00", "01-22 10:00"]


@pytest.mark.parametrize(("number", "weeks"), [(9, 1), (1, 0), (1, 13)])
async def test_what_can_not_be_put_off_is_refused(school, weekly, number, weeks):
    await school.declines(shifting.shift, "26-01", number, weeks)
    assert await begin(school, weekly) == USUAL


async def test_a_form_that_was_shown_before_a_class_was_added_is_one_that_somebody_changed(school, weekly, editor):
    officer = editor("이담당")
    await officer.opens("26-01")
    await does(school, adding.ADD, when="2026-12-18")
    shown = await officer.checks(supplies="수건")
    assert (shown.problems, shown.texts["extra_days"]) == ((saving.MEANWHILE,), "2026-12-18")

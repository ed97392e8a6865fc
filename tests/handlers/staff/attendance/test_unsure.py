"""Who may not come to the next class, and what they say on the phone."""

import pytest
from sqlalchemy import select, update

from handlers.staff.attendance import unsure
from handlers.staff.today import due
from storage.tables import addresses, attendance, journal_subjects
from tests.support.clock.scenes import at
from tests.support.people.attending import after_class, classes, says

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def expecting(school, resident):
    """Three people have seats; it is the day before the second class, and the third can't be written to."""
    course = await school.opens(code="T1")
    for number, name in enumerate(("김하나", "이두리", "박세나"), 1):
        await resident(number).registers(course, name=name, mobile=f"010-0000-000{number}")
    await school.database.write(
        lambda tx: tx.execute(update(addresses).where(addresses.c.address == "3").values(unreachable=True))
    )
    await after_class(school, course, 1)
    await says(school, (await classes(school, course))[0], 1, "absent")
    school.now = at("12-14 12:00")
    return course


async def listed(school):
    told = await school.gets(unsure.show, "T1")
    return [(row[1], row[3], row[4]) for table in told.tables for row in table.rows]


async def test_before_the_reminder_who_missed_the_last_class_or_cannot_be_reached_is_listed(school, expecting):
    assert await listed(school) == [
        ("김하나", "010-0000-0001", "지난 수업 결석"),
        ("박세나", "010-0000-0003", "알림을 보낼 수 없음"),
    ]


async def test_after_the_reminder_who_did_not_answer_is_listed_and_who_did_is_not(school, expecting, resident):
    school.now = at("12-14 18:30")
    second = (await classes(school, expecting))[1]
    await resident(1).goes_to(f"mine/1/coming/{second}")
    assert await listed(school) == [
        ("이두리", "010-0000-0002", "알림에 답하지 않음"),
        ("박세나", "010-0000-0003", "알림을 보낼 수 없음"),
    ]


async def test_what_is_said_on_the_phone_waits_for_the_class_and_ends_the_call(school, expecting):
    await school.asks(unsure.note, "T1", [1], "present")
    await school.asks(unsure.note, "T1", [3], "absent")
    assert await listed(school) == []
    query = select(attendance.c.mark, attendance.c.standing, attendance.c.way, attendance.c.entered_by)
    rows = await school.rows(query.where(attendance.c.way == "ahead").order_by(attendance.c.enrollment_id))
    assert [tuple(row) for row in rows] == [
        ("present", "open", "ahead", "배움톡"),
        ("absent", "open", "ahead", "배움톡"),
    ]


async def test_who_has_no_seat_in_the_course_cannot_be_noted(school, expecting):
    assert "자리가 있는 신청이 아닙니다" in await school.declines(unsure.note, "T1", [1, 99], "present")
    assert len(await listed(school)) == 2


async def test_on_the_day_before_it_is_a_thing_to_do_and_is_gone_once_it_is_done(school, expecting):
    async def titles():
        return [each.title for each in await school.gets(due.due) if "불확실" in each.title]

    assert await titles() == ["‘바리스타 2급’(T1) 2회차: 올지 불확실한 분 2명"]
    await school.asks(unsure.note, "T1", [1, 3], "absent")
    assert await titles() == []
    school.now = at("12-12 12:00")
    assert await titles() == []


async def test_the_page_shows_numbers_to_call_says_so_in_the_journal_and_notes_by_a_tap(school, expecting, counter):
    desk = await counter.officer()
    shown = await desk.opens("/desk/courses/T1/attendance/unsure")
    assert "010-0000-0001" in shown
    subjects = await school.rows(select(journal_subjects.c.subject_id).where(journal_subjects.c.kind == "person"))
    assert {1, 3} <= {row.subject_id for row in subjects}
    assert "온다고 하신 것을 적었습니다" in await desk.presses("온대요")
    await desk.presses("되돌리기")
    assert len(await listed(school)) == 2

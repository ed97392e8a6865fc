"""The demo: every status to be seen, whenever it is started, and nothing done twice."""

from collections import Counter
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot import demo
from bot.settings import Settings
from handlers.staff.courses.sheets import importing
from handlers.staff.files.reading import sheets
from storage import tables
from storage.asking import rounds
from storage.dialogue import common_questions
from storage.jobs import postings
from storage.teaching import courses, sessions

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 23, 15, tzinfo=SEOUL)
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


def filled(now=NOW):
    return lambda tx: demo.fill(tx, now, Settings().to_organization())


def shown(tx):
    return courses.with_ids(tx, tx.execute(select(tables.courses.c.id)).scalars().all())


def taking(found, now=NOW):
    return [course for course in found if course.status(now, now.astimezone(SEOUL).date()) == "open"]


async def test_every_status_is_shown(sqlite):
    assert await sqlite.write(filled())
    states = Counter(course.status(NOW, NOW.date()) for course in await sqlite.read(shown))
    assert set(states) == {
        "upcoming", "open", "waitlist", "full", "closed", "running", "ended", "cancelled", "suspended"
    }  # fmt: skip
    assert states["open"] >= 8


async def test_what_is_open_is_of_every_kind(sqlite):
    await sqlite.write(filled())
    found = taking(await sqlite.read(shown))
    assert {course.selection for course in found} == {"first_come", "priority", "lottery", "review"}
    assert {course.daypart for course in found} == {"day", "evening", "weekend"}
    assert {course.open_to for course in found} == {"residents", "connected", "anyone"}
    assert sum(bool(course.certificate) for course in found) >= 5
    assert any(course.capacity - course.held == 1 and course.has_room_for("web", NOW) for course in found)


async def test_one_course_opens_tomorrow(sqlite):
    await sqlite.write(filled())
    opens = [course.apply_start.astimezone(SEOUL) for course in await sqlite.read(shown)]
    assert datetime(2026, 11, 24, 9, tzinfo=SEOUL) in opens


async def test_what_is_asked_often_is_known_and_one_answer_is_old(sqlite):
    await sqlite.write(filled())
    found = await sqlite.read(common_questions.shown)
    assert len(found) == 12
    assert [each.code for each in found if each.is_old(NOW.date())] == ["예시-외국인"]
    assert all(each.question_en and each.wordings_en and each.answer_en for each in found)


async def test_a_second_start_keeps_what_was_there(sqlite):
    await sqlite.write(filled())
    before = await sqlite.read(shown)
    assert not await sqlite.write(filled(datetime(2027, 3, 1, tzinfo=UTC)))
    assert await sqlite.read(shown) == before


async def test_nobody_in_the_demo_can_be_written_to(sqlite):
    await sqlite.write(filled())
    assert not await sqlite.read(lambda tx: tx.execute(select(tables.addresses)).all())
    assert not await sqlite.read(
        lambda tx: tx.execute(select(tables.residents).where(tables.residents.c.name != "")).all()
    )


async def test_people_enrolled_one_after_the_other_and_in_the_past(sqlite):
    await sqlite.write(filled(datetime.combine(NOW.date(), time(0, 0), SEOUL)))
    times = await sqlite.read(lambda tx: tx.execute(select(tables.enrollments.c.applied_at)).scalars().all())
    assert max(times) < datetime.combine(NOW.date(), time(0, 0), SEOUL)


async def test_classes_are_on_their_weekdays(sqlite):
    await sqlite.write(filled())
    for course in await sqlite.read(shown):
        meetings = await sqlite.read(lambda tx, id_=course.id: sessions.of_courses(tx, [id_]))
        assert {meeting.starts_at.astimezone(SEOUL).weekday() for meeting in meetings} <= set(course.weekdays)


@settings(deadline=None, max_examples=20)
@given(DAYS)
def test_the_demo_can_be_started_on_any_day(today):
    checked = importing.check(demo.shifted_rows(today, SEOUL), SEOUL, {})
    assert not checked.problems
    found = [planned.course for planned in checked.planned]
    assert all(
        course.term == f"{course.start_date.year}-H{1 if course.start_date.month < 7 else 2}" for course in found
    )
    for at in (time(0), time(8, 59), time(23, 59, 59)):
        now = datetime.combine(today, at, SEOUL)
        assert len(taking(found, now)) >= 8
        assert {course.status(now, today) for course in found} >= {"upcoming", "closed", "running", "ended"}


@pytest.mark.parametrize("day", [date(2025, 5, 14), date(2026, 7, 5), date(2027, 1, 4)])
def test_a_single_day_that_falls_on_a_holiday_moves_on(day):
    assert not importing.check(demo.shifted_rows(day, SEOUL), SEOUL, {}).problems


def test_only_invented_phones_are_shown():
    phones = {row.cells["문의처"] for row in sheets.read(demo.COURSES)}
    assert phones == {"평생학습팀 02-000-0000"}


async def test_surveys_are_open_and_closed_with_results_and_jobs_are_offered(sqlite):
    await sqlite.write(filled())

    def found(tx):
        return rounds.of_code(tx, "만족도조사"), postings.open_now(tx, NOW.date(), 0, 50)

    of_courses, jobs = await sqlite.read(found)
    assert [each.settled_at is not None for each in of_courses].count(True) == 4
    assert [each.is_open(NOW) for each in of_courses].count(True) == 1
    assert len(jobs) == 10

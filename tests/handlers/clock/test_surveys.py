"""Surveys open by themselves when a course is over: who is asked, reminded once, never at night, and when it closes."""

from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from storage.asking import answers
from storage.people import consents
from storage.tables import courses, enrollments, survey_rounds
from tests.support.clock.scenes import at, decides
from tests.support.surveys.poll import SATISFACTION, Office, answer, attend, standard

pytestmark = pytest.mark.on_sqlite


@pytest_asyncio.fixture
async def winter_office(school):
    office = Office(school)
    await office.imports(standard(opens_at="2026-12-30 09:00", closes_at="2027-01-08 18:00"))
    return office


async def class_of(school, resident, count):
    """A course of so many, an hour before its last class ends; whoever else ever enrolled did not attend."""
    course = await school.opens()
    for number in range(1, count + 1):
        await attend(school, resident(number), course)
    for number, state in enumerate(("waiting", "cancelled", "not_selected", "expired"), 91):
        await attend(school, resident(number), course, state)
    school.now = at("12-29 12:00")
    return course


def surveyed(letters):
    return [(f"{letter.at:%m-%d %H:%M}", letter.address) for letter in letters if "조사" in letter.text]


@pytest.mark.on_sqlite
async def test_attendees_are_asked_after_the_last_class_and_the_silent_ones_reminded_once(
    school, resident, clock, winter_office
):
    course = await class_of(school, resident, 3)
    assert surveyed(await clock.until(at("12-29 13:29"), timedelta(minutes=10))) == []
    asked = surveyed(await clock.until(at("12-29 13:31"), timedelta(minutes=1)))
    assert sorted(asked) == [("12-29 13:30", "1"), ("12-29 13:30", "2"), ("12-29 13:30", "3")]
    round_id = (await winter_office.round(f"만족도조사/{course}")).id
    await answer(resident(1), round_id, SATISFACTION)
    await decides(school, (await school.live(course))[1], "completed", ended_at=school.now)
    reminded = surveyed(await clock.until(at("12-31 23:00") + timedelta(days=1), timedelta(hours=1)))
    assert sorted(reminded) == [("01-01 13:31", "2"), ("01-01 13:31", "3")]


@pytest.mark.on_sqlite
async def test_it_closes_at_the_end_of_its_last_day_and_nobody_hears_of_it_any_more(
    school, resident, clock, winter_office
):
    course = await class_of(school, resident, 6)
    await clock.until(at("12-29 14:00"), timedelta(minutes=30))
    round_ = await winter_office.round(f"만족도조사/{course}")
    for number in range(1, 6):
        await answer(resident(number), round_.id, SATISFACTION)
    assert round_.closes_at == at("12-31 00:00") + timedelta(days=9)
    school.now = round_.closes_at - timedelta(minutes=1)
    await clock.ticks()
    assert len(await winter_office.sheets(round_.id)) == 5
    assert surveyed(await clock.passes(timedelta(hours=2), days=3)) == []
    assert await winter_office.sheets(round_.id) == []
    assert "마감했어요" in await resident(6).goes_to(f"forms/survey/{round_.id}")


async def test_an_evening_course_is_asked_about_the_next_morning(school, resident, clock, winter_office):
    course = await school.opens(start_time=school.time(18), end_time=school.time(20, 45))
    await attend(school, resident(1), course)
    school.now = at("12-29 21:00")
    assert surveyed(await clock.until(at("12-30 07:59"))) == []
    assert surveyed(await clock.until(at("12-30 08:00"))) == [("12-30 08:00", "1")]


@pytest.mark.on_both
async def test_many_that_tick_at_once_open_one_round(school, resident, clock, winter_office):
    course = await class_of(school, resident, 1)
    school.now = at("12-29 13:31")
    for _ in range(3):
        await clock.ticks()
        clock._duties._planned_until = None
    rounds = await school.rows(select(survey_rounds.c.id).where(survey_rounds.c.course_id == course))
    assert len(rounds) == 1
    assert len(surveyed(clock.post.letters)) == 1


async def test_a_closed_course_is_not_asked_about(school, resident, clock, winter_office):
    course = await class_of(school, resident, 1)
    await school.changes(course, state="cancelled")
    school.now = at("12-29 14:00")
    assert surveyed(await clock.ticks()) == []


@pytest.mark.parametrize("state", ["published", "suspended", "hidden"])
async def test_a_course_that_was_brought_in_after_its_end_is_asked_about(school, resident, clock, winter_office, state):
    course = await class_of(school, resident, 2)
    await decides_state(school, course, state)
    school.now = at("12-29 14:00") + timedelta(days=30)
    assert sorted(address for _, address in surveyed(await clock.ticks())) == ["1", "2"]
    assert (await winter_office.round(f"만족도조사/{course}")).is_open(school.now)


async def test_a_course_of_long_ago_is_not_asked_about_by_itself(school, resident, clock, winter_office):
    await class_of(school, resident, 2)
    school.now = at("12-29 14:00") + timedelta(days=61)
    assert surveyed(await clock.ticks()) == []


async def decides_state(school, course, state):
    change = update(courses).where(courses.c.id == course).values(state=state)
    await school.database.write(lambda tx: tx.execute(change))


# --- the survey of needs ---


async def agrees_to_news(school, resident, number):
    course = await school.opens(state="hidden")
    person = await attend(school, resident(number), course, "cancelled")
    await resident(number).goes_to("news/news/on")
    return person


@pytest.mark.on_sqlite
async def test_who_agreed_to_news_is_asked_for_her_needs_and_once_reminded(school, resident, clock, winter_office):
    await agrees_to_news(school, resident, 1)
    await agrees_to_news(school, resident, 2)
    await resident(3).says("메뉴")
    school.now = at("12-30 08:59")
    assert sorted(surveyed(await clock.until(at("12-30 09:01"), timedelta(minutes=1)))) == [
        ("12-30 09:00", "1"),
        ("12-30 09:00", "2"),
    ]
    await resident(2).says("그만 받기")
    school.now += timedelta(hours=71, minutes=50)
    assert [address for _, address in surveyed(await clock.passes(hours=1))] == ["1"]
    assert "그만 받기" in clock.post.letters[-1].labels


async def test_an_answered_survey_is_not_spoken_of_though_it_was_planned(school, resident, clock, winter_office):
    course = await class_of(school, resident, 1)
    school.now = at("12-29 13:31")
    await clock.plans()
    await answer(resident(1), (await winter_office.round(f"만족도조사/{course}")).id, SATISFACTION)
    assert surveyed(await clock.ticks()) == []


@pytest.mark.on_both
async def test_a_survey_that_officers_closed_is_not_spoken_of_though_it_was_planned(
    school, resident, clock, winter_office
):
    await class_of(school, resident, 1)
    school.now = at("12-29 13:31")
    await clock.plans()
    closes = update(survey_rounds).values(closes_at=school.now)
    await school.database.write(lambda tx: tx.execute(closes))
    assert surveyed(await clock.ticks()) == []


async def test_who_is_found_to_have_stayed_away_is_not_asked_though_it_was_planned(
    school, resident, clock, winter_office
):
    await class_of(school, resident, 2)
    school.now = at("12-29 13:31")
    await clock.plans()
    stays_away = update(enrollments).where(enrollments.c.resident_id == 1).values(state="cancelled")
    await school.database.write(lambda tx: tx.execute(stays_away))
    assert [address for _, address in surveyed(await clock.ticks())] == ["2"]


@pytest.mark.on_both
async def test_who_stops_news_is_not_asked_though_it_was_planned(school, resident, clock, winter_office):
    person = await agrees_to_news(school, resident, 1)
    school.now = at("12-30 09:00")
    await clock.plans()
    await school.database.write(lambda tx: consents.record(tx, person, "news", False, "1", "", "telegram", school.now))
    assert surveyed(await clock.ticks()) == []


async def test_a_half_answered_survey_is_gone_on_with_from_the_reminder(school, resident, clock, winter_office):
    course = await class_of(school, resident, 1)
    school.now = at("12-29 13:31")
    await clock.ticks()
    round_id = (await winter_office.round(f"만족도조사/{course}")).id
    await answer(resident(1), round_id, SATISFACTION, until="S3")
    school.now += timedelta(hours=72)
    (letter,) = [letter for letter in await clock.ticks() if "조사" in letter.text]
    assert letter.labels[0] == "이어서 답하기"
    assert await school.database.read(lambda tx: answers.pending(tx, [round_id])) == []

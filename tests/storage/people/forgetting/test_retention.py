"""What is over goes, figures stay as they were, and whoever something keeps is left alone."""

import asyncio
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select, update

from handlers.notices.kinds import Purpose
from storage.people import consents, personal
from storage.people.forgetting import erasing, overdue, retention
from storage.people.forgetting.overdue import OVER
from storage.people.forgetting.periods import Night, Period, Periods
from storage.people.residents import welcome
from storage.tables import addresses, enrollments, instructor_candidates, kept_completions, residents
from storage.tables import consents as decisions
from storage.tables.rules import Kept, Through
from tests.support.domain import COURSE, MONDAY, SEOUL

LAST = COURSE["end_date"]
SIX_YEARS = datetime.combine(LAST + timedelta(days=6 * 366), time(4), SEOUL)


def night(moment=SIX_YEARS):
    return Night(moment, Periods())


@pytest.fixture
def passes(school):
    """A night passes: what went, by task."""

    def all_of(tx, of):
        counts = {}
        for task in retention.TASKS:
            keys = task.find(tx, of, 0)
            counts[task.name] = task.go_on(tx, keys, of)
        return {name: count for name, count in counts.items() if count}

    return lambda moment=SIX_YEARS: school.database.write(lambda tx: all_of(tx, night(moment)))


def ends(**values):
    return lambda tx: tx.execute(update(enrollments).values(ended_at=MONDAY, **values))


def test_every_kind_has_a_period_and_is_carried_out_or_says_why_not():
    done = {kept for task in retention.TASKS for kept in task.kept}
    assert {*Kept} == done | {*retention.ELSEWHERE}
    assert not done & {*retention.ELSEWHERE}
    assert all(why.strip() for why in (*retention.ELSEWHERE.values(), *overdue.KEEPS_NOBODY.values()))


def test_every_table_of_people_is_gone_through():
    followed = {table.name for table in OVER}
    rules = [(table, rule) for table, rule in personal.tables() if rule.kept not in retention.ELSEWHERE]
    left = [table.name for table, rule in rules if table not in OVER and not is_followed(rule.lead, followed)]
    assert left == []


def is_followed(lead, followed):
    return isinstance(lead, Through) and lead.table in followed


def test_what_lasts_until_it_is_taken_back_is_what_people_can_switch_off():
    assert {*consents.LASTING} == {*Purpose}


@pytest.mark.parametrize(
    ("since", "period", "last"),
    [
        ("2024-02-29", Period(1, "years"), "2025-02-28"),
        ("2023-02-28", Period(1, "years"), "2024-02-28"),
        ("2026-08-31", Period(6, "months"), "2027-02-28"),
        ("2026-12-29", Period(90), "2027-03-29"),
    ],
)
def test_a_period_ends_on_its_day_and_the_day_after_it_is_over(since, period, last):
    since, last = (datetime.fromisoformat(day).date() for day in (since, last))
    assert period.after(since) == last
    assert period.before_day(last) <= since < period.before_day(last + timedelta(days=1))


async def test_whoever_nothing_keeps_is_erased_and_only_an_empty_record_stays(school, visitor, passes):
    await visitor().registers(await school.opens())
    await school.database.write(ends(state="completed"))
    assert (await passes())["people"] == 1
    assert await school.rows(select(addresses)) == []
    (row,) = await school.rows(select(residents))
    assert (row.name, row.mobile, row.erased_at is not None) == (None, None, True)
    assert len(await school.database.read(erasing.done)) == 1
    assert await passes() == {}


async def test_who_still_agrees_to_news_stays_without_a_name(school, visitor, passes):
    await visitor().registers(await school.opens())
    await visitor().goes_to("news/news/on")
    await school.database.write(ends(state="completed"))
    gone = await passes()
    assert (gone.get("people"), gone["profiles"], gone["applications"]) == (None, 1, 1)
    mine, anchor = await school.rows(select(residents).order_by(residents.c.id))
    assert (mine.name, mine.birth_year, mine.erased_at) == (None, None, None)
    assert [row.resident_id for row in await school.rows(select(enrollments))] == [anchor.id]
    assert "수강생" not in await visitor().says("내 신청")


async def test_figures_of_a_year_are_the_same_before_and_after(school, visitor, passes):
    course = await school.opens()
    for name in "abcd":
        await visitor(name).registers(course, name=f"주민{name}", mobile=f"010-0000-000{ord(name) - 96}")
    await visitor("a").goes_to("news/news/on")
    await school.database.write(ends(state="completed"))
    figures = select(enrollments.c.course_id, enrollments.c.state, func.count()).group_by("course_id", "state")
    before = await school.rows(figures)
    people = select(func.count(enrollments.c.resident_id.distinct()))
    assert (await passes())["people"] == 3
    assert (await school.rows(figures), await school.rows(people)) == (before, [(4,)])


async def test_a_seat_stays_where_an_application_of_the_same_person_goes(school, visitor, passes):
    await visitor().registers(await school.opens())
    await school.database.write(ends(state="completed"))
    other = {"course_id": await school.opens(), "resident_id": 1, "state": "not_selected", "ended_at": MONDAY}
    add = enrollments.insert().values(**other, channel="web", applied_at=MONDAY)
    await school.database.write(lambda tx: tx.execute(add))
    assert (await passes(SIX_YEARS - timedelta(days=4 * 365)))["applications"] == 1
    rows = await school.rows(select(enrollments.c.state, enrollments.c.resident_id).order_by(enrollments.c.id))
    assert [tuple(row) for row in rows] == [("completed", 1), ("not_selected", 2)]


async def test_what_refers_to_an_application_goes_as_it_says(school, visitor, passes):
    await visitor().registers(await school.opens())
    await visitor().goes_to("news/news/on")
    await school.database.write(ends(state="completed"))
    offer = instructor_candidates.insert().values(enrollment_id=1, since=MONDAY)
    await school.database.write(lambda tx: tx.execute(offer))
    await passes()
    assert await school.rows(select(instructor_candidates)) == []


async def test_a_consent_goes_some_years_after_it_was_taken_back_and_no_other(school, visitor, passes):
    for path in ("news/jobs/on", "news/news/on", "news/news/off"):
        await visitor().goes_to(path)
        school.waits(days=1)
    taken_back = (MONDAY + timedelta(days=2)).date()
    for day, left in ((Period(3, "years").after(taken_back), 3), (taken_back + timedelta(days=3 * 366), 1)):
        await passes(datetime.combine(day, time(4), SEOUL))
        assert len(await school.rows(select(decisions))) == left


async def test_a_consent_goes_some_years_after_whoever_gave_it_was_erased(school, visitor, passes):
    await visitor().goes_to("news/news/on")
    await school.database.write(lambda tx: erasing.erase(tx, 1, MONDAY))
    for years, left in ((2, 1), (4, 0)):
        await passes(MONDAY + timedelta(days=years * 366))
        assert len(await school.rows(select(decisions))) == left


async def test_a_completion_that_was_kept_apart_goes_after_its_day(school, visitor, passes):
    await visitor().registers(await school.opens())
    await school.database.write(ends(state="completed"))
    await school.database.write(lambda tx: erasing.erase(tx, 1, school.now, [(1, LAST)]))
    for days, left in ((0, 1), (1, 0)):
        await passes(datetime.combine(LAST + timedelta(days=days), time(4), SEOUL))
        assert len(await school.rows(select(kept_completions))) == left


async def test_what_is_foretold_is_what_goes(school, visitor, passes):
    course = await school.opens()
    for name in "ab":
        await visitor(name).registers(course, name=name * 3, mobile=f"010-0000-000{ord(name) - 96}")
        await visitor(name).says("피아노")
    await visitor("a").goes_to("news/news/on")
    await school.database.write(ends(state="completed"))
    told = await school.database.read(lambda tx: retention.foretell(tx, night()))
    assert {name: count for name, count in told.items() if count} == await passes()


async def test_who_agrees_to_something_between_the_look_and_the_act_stays(school, visitor):
    await visitor().registers(await school.opens())
    await school.database.write(ends(state="completed"))
    people = next(task for task in retention.TASKS if task.name == "people")
    found = await school.database.read(lambda tx: people.find(tx, night(), 0))
    await visitor().goes_to("news/news/on")
    assert (len(found), await school.database.write(lambda tx: people.go_on(tx, found, night()))) == (1, 0)


@pytest.mark.on_postgres
async def test_who_writes_while_they_are_erased_is_a_stranger_and_not_the_empty_record(school, visitor, dawdling):
    await visitor().registers(await school.opens())
    has_begun = dawdling(erasing, "scrub")
    erased = asyncio.create_task(school.database.write(lambda tx: erasing.erase(tx, 1, school.now)))
    await has_begun.wait()
    work = lambda tx: welcome(tx, "web", "r1", "ko", school.now)  # noqa: E731
    met, _ = await asyncio.gather(school.database.write(work), erased)
    assert met.id != 1

"""The monthly review: what officers saw and did, at odd hours and of many at once, and who signed it."""

from datetime import datetime

import pytest

from bot.checks import database as checks
from bot.desk import Gate
from handlers.calendar.months import Month
from handlers.staff.access import review
from handlers.staff.desk import acts
from storage.audit import journal
from storage.audit.journal import Officer
from tests.support.domain import SEOUL, SETTINGS

pytestmark = pytest.mark.on_sqlite

NOVEMBER = Month(2026, 11)
MONDAY_NOON = datetime(2026, 11, 2, 12, tzinfo=SEOUL)


@pytest.fixture
def notes(school):
    """An entry of the journal, of so many people."""

    async def note(action, people=0, at=MONDAY_NOON, name="가 주무관", purpose="", **args):
        whose = journal.people(range(1, people + 1))
        officer = Officer(name, "10.0.0.9")
        given = {"subjects": whose, "purpose": purpose}
        return await school.database.write(lambda tx: journal.add(tx, officer, action, args, at, **given))

    return note


async def section(school, title, **asked):
    """Rows of one table of the review of November."""
    told = await school.gets(review.show, month=NOVEMBER, **asked)
    return next((table.rows for table in told.tables if table.title.startswith(title)), ())


async def test_each_officer_is_counted_with_what_they_saw_did_and_were_refused(school, notes):
    await notes("look/applications", 3, code="26-01")
    await notes("look/complete", 5, output=".xlsx", purpose="출석부")
    await notes("complete", 5, code="26-01")
    await notes("refused/complete")
    await notes("look/outbox", 2, name="나 주무관")
    assert await section(school, "담당자마다") == (
        ("가 주무관", "2", "1", "1", "1", "5"),
        ("나 주무관", "1", "0", "0", "0", "2"),
    )


@pytest.mark.on_both
async def test_files_stand_there_with_what_they_were_for(school, notes):
    await notes("look/complete", 5, output=".xlsx", purpose="출석부")
    await notes("look/surveys", output=".xlsx")
    (row,) = await section(school, "파일로 받은 것")
    assert row[2:] == ("가 주무관", "10.0.0.9", "수강생 명단 봄", ".xlsx", "출석부", "5명")


@pytest.mark.parametrize(
    ("at", "is_odd"),
    [
        (datetime(2026, 11, 2, 6, 59, tzinfo=SEOUL), True),
        (datetime(2026, 11, 2, 7, tzinfo=SEOUL), False),
        (datetime(2026, 11, 2, 19, 59, tzinfo=SEOUL), False),
        (datetime(2026, 11, 2, 20, tzinfo=SEOUL), True),
        (datetime(2026, 11, 7, 12, tzinfo=SEOUL), True),
    ],
)
async def test_what_is_seen_at_night_or_on_a_day_off_stands_apart(school, notes, at, is_odd):
    await notes("look/applications", 3, at=at)
    await notes("look/surveys", at=at)
    assert len(await section(school, "밤과 쉬는 날")) == is_odd


async def test_many_people_within_an_hour_are_told_also_when_they_are_looked_at_one_by_one(school, notes):
    for _ in range(20):
        await notes("look/persons", 5)
    await notes("look/complete", 99, at=MONDAY_NOON.replace(hour=14))
    (row,) = await section(school, "한 시간에")
    assert row == ("2026-11-02 12시", "가 주무관", "같은 번호 봄", "100명")


async def test_a_month_is_only_what_lies_in_it_here_and_a_file_has_every_entry(school, notes):
    for day, month in ((31, 10), (1, 11), (30, 11), (1, 12)):
        await notes("look/outbox", 1, at=datetime(2026, month, day, 0, 30, tzinfo=SEOUL))
    await notes("own/look", 1, name=journal.OWN)
    assert len(await section(school, "모든 기록", everything=True)) == 3
    assert await section(school, "모든 기록") == ()


async def test_who_saw_one_person_is_told_and_is_itself_a_look_at_them(school, notes):
    await notes("look/applications", 3)
    await notes("look/outbox", 1)
    gate = Gate(school.database, SETTINGS.to_organization(), Officer("다 주무관", "here"), lambda: school.now)
    for count in (1, 2):
        told = await gate.look("access-log", {}, lambda tx, desk: review.of_person(tx, desk, number=3))
        assert told.title == f"기록 3: 보거나 바꾼 것 {count}건."


async def signs(school, month="2026-11", again=False):
    perform = {"act": review.SIGN, "args": {"month": month}, "again": again}
    gate = Gate(school.database, SETTINGS.to_organization(), Officer("팀장", "here"), lambda: school.now)
    return await gate.act(lambda tx, desk: acts.perform(tx, desk, **perform))


async def test_a_month_that_is_not_over_can_not_be_signed(school):
    assert "아직 끝나지 않은 달" in await school.declines(review.sign, month="2026-11")
    assert "아직 끝나지 않은 달" in await school.declines(review.sign, month="2026-12")


async def test_who_signed_is_told_and_what_was_written_after_that(school, notes):
    school.waits(days=14)
    await notes("look/outbox", 1)
    assert (await facts(school), await hint(school)) == ("확인한 분이 아직 없습니다.", [NOVEMBER])
    await signs(school)
    assert "팀장: 확인했습니다." in await facts(school)
    assert await hint(school) == []
    await notes("look/outbox", 1)
    assert "그 뒤에 1건이 더 적혔습니다. 다시 확인해 주세요." in await facts(school)


async def facts(school):
    return " ".join((await school.gets(review.show, month=NOVEMBER)).facts)


async def hint(school):
    return await school.gets(review.unsigned)


async def test_a_month_that_nobody_signed_is_a_hint_and_nothing_is_wrong(school, notes):
    await notes("look/outbox", 1, at=datetime(2026, 10, 5, tzinfo=SEOUL))
    (result,) = await checks._reviews(school.database, SETTINGS)
    assert (result.is_good, "2026-10" in result.finding) == (True, True)

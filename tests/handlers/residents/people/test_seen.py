"""What people are told of who saw their data: when, in which role, what and what for, and no officer's name."""

import pytest

from handlers.residents.people.seen import seen
from handlers.staff.desk.acts import acts
from storage.audit import journal
from storage.audit.journal import PERSON, Officer
from tests.support.domain import SEOUL

pytestmark = pytest.mark.on_sqlite
OFFICER = Officer("김주무관", "10.0.0.9")


@pytest.fixture
def written(school):
    async def note(action, purpose="", person=1, **args):
        given = {"subjects": [(PERSON, person)], "purpose": purpose}
        await school.database.write(lambda tx: journal.add(tx, OFFICER, action, args, school.now, **given))
        school.waits(minutes=1)

    return note


async def told(school, language="ko", **asked):
    found = await school.database.read(lambda tx: seen(tx, 1, language, SEOUL, **asked))
    return [(each.who, each.what, each.purpose) for each in found]


async def test_looks_files_and_acts_are_told_the_newest_first(school, written):
    await written("look/applications")
    await written("look/complete", "수료증 발송", output=".xlsx")
    await written("end-applications")
    assert await told(school) == [
        ("담당자", "신청을 끝냈어요", ""),
        ("담당자", "수강생 명단을 파일로 받았어요", "수료증 발송"),
        ("담당자", "신청 명단을 보았어요", ""),
    ]
    assert (await told(school, "en"))[1:] == [
        ("Staff", "Saved a list of participants to a file", "수료증 발송"),
        ("Staff", "Looked at a list of registrations", ""),
    ]


async def test_others_and_what_was_refused_are_not_told(school, written):
    await written("look/applications", person=2)
    await written("refused/complete")
    assert await told(school) == []


async def test_the_same_on_one_day_is_told_once_and_only_so_many(school, written):
    for _ in range(5):
        await written("look/outbox")
    school.waits(days=1)
    await written("look/outbox")
    assert (len(await told(school)), len(await told(school, count=1))) == (2, 1)


async def test_what_they_did_themselves_is_theirs(school):
    await school.database.write(lambda tx: journal.add_own(tx, 1, "web", "own/export", {}, school.now))
    assert await told(school) == [("본인", "파일로 받았어요", "")]


async def test_whatever_officers_do_can_be_told(school, written):
    for action in [*acts, *(f"look/{name}" for name in acts), "look/new", "new"]:
        await written(action)
    lines = await told(school, count=100)
    assert {who for who, *_ in lines} == {"담당자"}
    assert OFFICER.name not in str(lines)

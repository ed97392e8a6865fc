"""The journal: each entry is bound to the one before, and what was undone doesn't count any more."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from storage.audit import chain, journal
from storage.audit.changes import Change
from storage.audit.journal import COURSE, PERSON, Officer
from storage.tables import journal as table
from storage.tables import journal_subjects as subjects

OFFICER = Officer("담당자 A", "command")


async def writes(school, action="close-course", **more):
    args = more.pop("args", {"code": "26-01"})
    return await school.database.write(lambda tx: journal.add(tx, OFFICER, action, args, school.now, **more))


async def broken(school):
    return await school.database.read(chain.broken)


async def test_entries_written_at_once_are_one_chain(school):
    await asyncio.gather(*(writes(school, args={"code": str(number)}) for number in range(20)))
    assert await broken(school) is None


@pytest.mark.parametrize("column", ["officer", "origin", "action", "args", "changes", "purpose"])
async def test_an_entry_that_was_changed_breaks_the_chain(school, column):
    entries = [await writes(school) for _ in range(3)]
    this = update(table).where(table.c.id == entries[1])
    await school.database.write(lambda tx: tx.execute(this.values({column: "다른 것"})))
    assert await broken(school) == entries[1]


async def test_an_entry_that_is_missing_breaks_the_chain(school):
    entries = [await writes(school) for _ in range(3)]
    await school.database.write(lambda tx: tx.execute(delete(table).where(table.c.id == entries[1])))
    assert await broken(school) == entries[2]


async def test_the_same_words_are_the_same_act_until_it_is_undone(school):
    async def last(since=timedelta(hours=24)):
        these = ("close-course", school.now - since)
        found = await school.database.read(lambda tx: journal.standing_since(tx, *these))
        return next((each.id for each in found if journal.is_same(each, {"code": "26-01"})), None)

    entry = await writes(school)
    await writes(school, args={"code": "26-02"})
    assert await last() == entry
    school.waits(hours=25)
    assert await last() is None
    await writes(school, "undo", undoes=entry)
    assert await last(timedelta(days=30)) is None


async def test_what_acts_touched_counts_until_they_are_undone(school):
    async def touched():
        return await school.database.read(lambda tx: journal.touched_since(tx, school.now - timedelta(minutes=10)))

    entry = await writes(school, subjects=[(COURSE, 7)])
    assert await touched() == {(COURSE, 7): school.now}
    await writes(school, "undo", undoes=entry, subjects=[(COURSE, 7)])
    assert await touched() == {}


@pytest.mark.parametrize(
    "change",
    [
        delete(subjects).where(subjects.c.subject_id == 7),
        update(subjects).where(subjects.c.subject_id == 7).values(subject_id=9),
        insert(subjects).values(entry_id=1, kind=PERSON, subject_id=9),
    ],
    ids=["removed", "another", "added"],
)
async def test_whose_data_an_entry_touched_can_not_be_changed_unnoticed(school, change):
    entry = await writes(school, subjects=[(PERSON, 7), (PERSON, 8)])
    await writes(school)
    assert await broken(school) is None
    await school.database.write(lambda tx: tx.execute(change))
    assert await broken(school) == entry


async def test_entries_from_before_there_were_purposes_are_verified_as_they_were(school):
    await writes(school, subjects=[(COURSE, 7)])
    row = (await school.rows(select(table)))[0]._mapping
    before = {**row, "purpose": None}
    older = {**before, "digest": chain.digest("", before, ())}
    await school.database.write(lambda tx: tx.execute(update(table).values(**older)))
    await writes(school)
    assert await broken(school) is None
    await school.database.write(lambda tx: tx.execute(update(table).where(table.c.id > 1).values(purpose=None)))
    assert await broken(school) == 2


def cuts(school, days=730):
    before = school.now - timedelta(days=days)
    return school.database.write(lambda tx: journal.cut(tx, OFFICER, before, school.now))


async def kept(school):
    return [row.id for row in await school.rows(select(table.c.id).order_by(table.c.id))]


async def test_the_oldest_entries_leave_and_the_chain_still_holds(school):
    for _ in range(3):
        await writes(school, subjects=[(PERSON, 7)])
        school.waits(days=400)
    assert (await cuts(school), await kept(school), await broken(school)) == (2, [3, 4], None)
    assert [row.entry_id for row in await school.rows(select(subjects))] == [3]
    school.waits(days=731)
    assert (await cuts(school), await kept(school), await broken(school)) == (2, [5], None)
    await writes(school)
    assert (await cuts(school), await broken(school)) == (0, None)


async def test_what_is_taken_away_otherwise_is_found_also_beside_a_cut(school):
    for _ in range(4):
        await writes(school)
        school.waits(days=400)
    assert await cuts(school) == 3
    await school.database.write(lambda tx: tx.execute(delete(table).where(table.c.id == 4)))
    assert await broken(school) == 5


async def test_what_an_entry_undoes_that_is_kept_stays_as_well(school):
    entries = [await writes(school) for _ in range(3)]
    school.waits(days=731)
    await writes(school, "undo", undoes=entries[1])
    assert (await cuts(school), await kept(school), await broken(school)) == (1, [2, 3, 4, 5], None)


async def test_what_people_do_with_their_own_data_stands_in_the_journal(school):
    given = (7, "web", "own/export", {"format": "json"}, school.now)
    entry = await school.database.write(lambda tx: journal.add_own(tx, *given))
    found = await school.database.read(lambda tx: (journal.find(tx, entry), journal.people_of(tx, entry)))
    assert (found[0].officer, found[1]) == (Officer(journal.OWN, "web"), [(PERSON, 7)])


async def test_looks_push_no_act_off_the_list_of_what_can_be_undone(school):
    changed = [Change("courses", (1,), {"state": "open"}, {"state": "cancelled"})]
    entry = await writes(school, changed=changed)
    for _ in range(30):
        await writes(school, "look/applications")
    assert [each.id for each in await school.database.read(lambda tx: journal.recent(tx, 2))] == [entry]

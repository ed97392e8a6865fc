"""The journal: each entry is bound to the one before, and what was undone doesn't count any more."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from storage import journal
from storage.journal import COURSE, Officer
from storage.tables import journal as table

OFFICER = Officer("담당자 A", "command")


async def writes(school, action="close-course", **more):
    args = more.pop("args", {"code": "26-01"})
    return await school.database.write(lambda tx: journal.add(tx, OFFICER, action, args, school.now, **more))


async def broken(school):
    return await school.database.read(journal.broken)


async def test_entries_written_at_once_are_one_chain(school):
    await asyncio.gather(*(writes(school, args={"code": str(number)}) for number in range(20)))
    assert await broken(school) is None


@pytest.mark.parametrize("column", ["officer", "origin", "action", "args", "changes"])
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
        same = ("close-course", {"code": "26-01"}, school.now - since)
        found = await school.database.read(lambda tx: journal.last_same(tx, *same))
        return found and found.id

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

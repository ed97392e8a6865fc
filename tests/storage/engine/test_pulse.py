"""What the database tells of the time: the newest moment that it knows of, and that it can be written."""

from datetime import timedelta

from sqlalchemy import select

from storage.audit import journal
from storage.audit.journal import Officer
from storage.dialogue import inbox
from storage.engine import pulse
from storage.tables import pulse as table
from tests.support.domain import MONDAY

DAY = timedelta(days=1)


def said(at):
    return lambda tx: inbox.keep(tx, ("web", f"{at}", "r1", {}), at, {"text": "답"})


async def newest(database):
    return (await database.read(pulse.look)).newest


async def test_the_newest_is_whatever_was_written_last(database):
    assert await newest(database) is None
    await database.write(said(MONDAY))
    await database.write(lambda tx: journal.add(tx, Officer("a", "command"), "look", {}, MONDAY + DAY))
    assert await newest(database) == MONDAY + DAY
    await database.write(lambda tx: pulse.believe(tx, MONDAY + 2 * DAY))
    assert await newest(database) == MONDAY + 2 * DAY


async def test_what_a_wrong_clock_wrote_counts_no_more_once_the_clock_is_believed_again(database):
    await database.write(said(MONDAY + 365 * DAY))
    await database.write(lambda tx: pulse.believe(tx, MONDAY))
    assert await newest(database) == MONDAY


async def test_what_is_written_after_the_clock_was_believed_last_counts(database):
    await database.write(lambda tx: pulse.believe(tx, MONDAY))
    await database.write(said(MONDAY + 3 * DAY))
    assert await newest(database) == MONDAY + 3 * DAY


async def test_a_word_for_the_clock_is_told_from_a_look_at_it(database):
    await database.write(lambda tx: pulse.vouch(tx, MONDAY))
    await database.write(lambda tx: pulse.believe(tx, MONDAY + DAY))
    seen = await database.read(pulse.look)
    assert (seen.vouches, seen.believed_at) == (1, MONDAY + DAY)


async def test_a_probe_writes_each_time_and_tells_nothing_of_the_clock(database):
    written = []
    for _ in range(3):
        await database.write(pulse.probe)
        written += await database.read(lambda tx: tx.execute(select(table.c.probes, table.c.believed_at)).all())
    assert written == [(0, None), (1, None), (2, None)]

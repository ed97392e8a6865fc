"""Notices that the courier has in hand while whom they are for becomes one with another, or is parted from them."""

import pytest
from sqlalchemy import select

from handlers.staff.desk import acts, undoing
from handlers.staff.persons.merging import MERGE
from storage.tables import outbox
from tests.support.clock.scenes import at

pytestmark = pytest.mark.on_sqlite

SAME = {"name": "홍길동", "birth_year": "1983"}


async def merges(school):
    await school.gets(acts.perform, MERGE, {"kept": 1, "gone": 2})


@pytest.fixture
async def courier(school, resident, clock):
    """Of two chats of one person, of which the second was used last."""
    for number in (1, 2):
        await resident(number).registers(
            await school.opens(title=f"꽃차 {number}"), **SAME, mobile=f"010-0000-000{number}"
        )
    return clock._courier


async def in_hand(school, clock, courier, resident_id):
    """What the courier has claimed for this record: the reminder of their first class."""
    school.now = at("12-07 18:00")
    await clock.plans()
    claimed = await courier._claim(10)
    return [each for each in claimed if (each.resident_id, each.kind) == (resident_id, "day_before")]


async def test_what_is_owed_to_a_record_that_goes_is_sent_to_who_stays(school, clock, courier):
    (owed,) = await in_hand(school, clock, courier, 2)
    await merges(school)
    await courier._deliver(owed)
    (row,) = await school.rows(select(outbox).where(outbox.c.id == owed.id))
    assert (row.resident_id, row.outcome, row.channel) == (1, "sent", "telegram")


async def test_what_is_owed_to_one_never_goes_to_a_chat_that_is_somebody_elses_again(school, clock, courier, resident):
    school.now = at("12-07 17:00")
    await merges(school)
    await resident(2).says("내 신청")
    owed = (await in_hand(school, clock, courier, 1))[0]
    chosen = await school.database.read(lambda tx: courier._leaving.choose(owed, tx))
    assert (chosen.way, chosen.address) == ("telegram", "2")
    await school.gets(undoing.undo, entry=1)
    before = len(clock.post.letters)
    await courier._take_turn(owed, chosen)
    assert clock.post.letters[before:] == []
    await clock.passes(minutes=1)
    told = {each.address: each.text for each in clock.post.letters if "1회차" in each.text}
    assert {address: f"꽃차 {address}" in text for address, text in told.items()} == {"1": True, "2": True}

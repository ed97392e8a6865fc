"""Whom an act tells: everybody once, by the channel that the courier would take."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.traits import TRAITS
from handlers.staff.desk.reach import reach
from handlers.staff.desk.told import Reach
from storage.dialogue import inbox
from storage.people import reaching, residents
from storage.tables import addresses

pytestmark = pytest.mark.on_sqlite

EVERYWHERE = ("telegram", "kakao")


async def met(school, *chats):
    """Somebody who has these chats, given as "telegram 1"; their id."""

    def work(tx):
        (channel, address), *others = [chat.split() for chat in chats]
        resident = residents.welcome(tx, channel, address, "ko", school.now)
        for channel, address in others:
            row = {"resident_id": resident.id, "channel": channel, "address": address, "created_at": school.now}
            tx.execute(addresses.insert().values(row))
        return resident.id

    return await school.database.write(work)


async def writes(school, chat):
    channel, address = chat.split()
    message = (channel, f"{address} {school.now}", address, {"text": "안녕"})
    await school.database.write(lambda tx: inbox.store(tx, [message], school.now, school.now))


async def blocks(school, chat):
    await school.database.write(lambda tx: reaching.mark_reachable(tx, *chat.split(), False))


async def reached(school, *resident_ids, channels=EVERYWHERE):
    """As a district is told that can write first in these channels."""
    traits = {channel: replace(TRAITS[channel], speaks_first=channel in channels) for channel in EVERYWHERE}

    def counted(tx, desk):
        return reach(tx, replace(desk, organization=replace(desk.organization, channels=traits)), resident_ids)

    return await school.gets(counted)


async def test_people_are_counted_by_channel_and_those_whom_nothing_reaches(school):
    people = [await met(school, chat) for chat in ("telegram 1", "telegram 2", "kakao 1", "web 1", "telegram 3")]
    await blocks(school, "telegram 3")
    assert await reached(school, *people) == Reach(5, {"텔레그램": 2, "카카오톡": 1}, 2)


@pytest.mark.on_both
async def test_a_channel_that_is_off_reaches_nobody(school):
    people = [await met(school, "telegram 1"), await met(school, "kakao 1", "telegram 2")]
    assert await reached(school, *people, channels=("telegram",)) == Reach(2, {"텔레그램": 2}, 0)
    assert await reached(school, *people, channels=()) == Reach(2, {}, 2)


async def test_who_has_several_chats_counts_once_by_the_way_that_is_tried_first(school):
    both = await met(school, "telegram 1", "kakao 1")
    for chat in ("telegram 1", "kakao 1"):
        school.waits(minutes=1)
        await writes(school, chat)
        assert await reached(school, both) == Reach(1, {"텔레그램": 1}, 0)
    await blocks(school, "telegram 1")
    assert await reached(school, both) == Reach(1, {"카카오톡": 1}, 0)


async def test_it_is_the_channel_that_the_courier_takes_also_before_anything_was_written(school):
    both = await met(school, "kakao 1", "telegram 1")
    taken = await school.database.read(lambda tx: reaching.ways_to(tx, [both], EVERYWHERE)[both][0].way)
    assert (taken, await reached(school, both)) == ("telegram", Reach(1, {"텔레그램": 1}, 0))


async def test_who_is_named_twice_counts_once_and_nobody_is_nobody(school):
    one = await met(school, "telegram 1")
    assert await reached(school, one, one) == Reach(1, {"텔레그램": 1}, 0)
    assert await reached(school) == Reach(0, {}, 0)


async def test_a_hundred_people_are_counted_by_one_query(school):
    people = [await met(school, f"telegram {number}") for number in range(100)]
    asked = []

    def counted(tx, desk):
        event.listen(tx, "before_cursor_execute", lambda *given: asked.append(given[2]))
        return reach(tx, desk, people)

    assert (await school.gets(counted)).people == 100
    assert len(asked) == 1

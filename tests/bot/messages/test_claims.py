"""Who sends a notice, and where to: claims and their leases, several couriers at once, the address tried next."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.messages.courier import LEASE, Courier
from bot.messages.delivery import Gone, Later, Way
from bot.messages.pace import Pace
from storage.notices import outbox
from storage.people import reaching
from storage.reasons import Reason
from storage.tables import addresses
from storage.tables import outbox as table
from tests.support.clock.crowd import FIRST, attend
from tests.support.domain import SEOUL
from tests.support.waiting import goes_on, is_waited_for, until

EVENING = datetime(2026, 12, 7, 18, tzinfo=SEOUL)


async def owes(school, clock, people=1):
    """Reminders of tomorrow's class are planned, one for each address from FIRST on."""
    course = await school.opens()
    school.now = EVENING - timedelta(days=2)
    await school.database.write(lambda tx: attend(tx, course, people, school.now))
    school.now = EVENING
    await clock.plans()
    first = update(table).where(table.c.kind == "first_class").values(outcome="sent", settled_at=school.now)
    await school.database.write(lambda tx: tx.execute(first))


async def outcomes(school):
    rows = await school.rows(select(table).where(table.c.kind == "day_before").order_by(table.c.id))
    return [(row.outcome, row.reason) for row in rows]


async def is_over(school):
    return (None, None) not in await outcomes(school)


def failing(clock, *errors, address=FIRST):
    clock.post.failing[str(address)] = list(errors)


async def test_one_who_fails_holds_up_nobody(school, clock):
    await owes(school, clock, 5)
    failing(clock, Later(timedelta(hours=1), Reason.TOLD_TO_WAIT))
    failing(clock, RuntimeError("a bug"), address=FIRST + 1)
    assert {letter.address for letter in await clock.ticks()} == {str(FIRST + n) for n in (2, 3, 4)}


async def also_at(school, resident, address, used_at, channel="telegram"):
    row = {"resident_id": resident, "channel": channel, "address": address, "created_at": used_at}
    await school.database.write(lambda tx: tx.execute(addresses.insert().values(row)))


async def test_who_is_gone_from_the_address_used_last_is_tried_at_the_next(school, clock, visitor):
    await owes(school, clock)
    await also_at(school, 1, "950000", EVENING)
    await visitor(str(FIRST), "telegram").says("강좌")
    failing(clock, Gone())
    letters = await clock.ticks()
    assert [letter.address for letter in letters] == ["950000"]
    reached = await school.database.read(lambda tx: reaching.ways_to(tx, [1], ["telegram"]))
    assert [(each.way, each.address) for each in reached[1]] == [("telegram", "950000")]


@pytest.mark.on_sqlite
async def test_what_is_too_old_when_its_turn_comes_is_not_sent(school, clock):
    await owes(school, clock)
    school.now = datetime(2026, 12, 8, 10, tzinfo=SEOUL)
    assert await clock.ticks() == []
    assert await outcomes(school) == [("expired", Reason.TOO_OLD)]


async def test_ten_couriers_at_once_send_each_notice_once(school, settings, clock):
    await owes(school, clock, 40)
    ways = {"telegram": Way(clock.post, Pace(10_000, second=0.0))}
    couriers = [Courier(school.database, settings.to_organization(), lambda: school.now, ways) for _ in range(10)]
    await asyncio.gather(*(courier.deliver_due() for courier in couriers))
    sent = [letter.address for letter in clock.post.letters]
    assert sorted(sent) == sorted({str(FIRST + n) for n in range(40)})


@pytest.mark.on_sqlite
async def test_what_a_courier_took_and_did_not_begin_falls_due_again(school, clock):
    await owes(school, clock)
    now = school.now
    assert len(await school.database.write(lambda tx: outbox.claim(tx, now, now + LEASE, 10))) == 1
    assert await clock.ticks() == []
    school.now += LEASE
    assert len(await clock.ticks()) == 1


@pytest.mark.on_sqlite
async def test_a_courier_that_was_held_up_beyond_its_lease_does_not_send_what_another_sent(school, clock, settings):
    await owes(school, clock)
    way = Way(clock.post, Pace(10_000))
    late = Courier(school.database, settings.to_organization(), lambda: school.now, {"telegram": way})
    late._ahead["telegram"].pause(3600)
    delivering = asyncio.create_task(late.deliver_due())
    await is_waited_for(late._ahead["telegram"])
    school.now += LEASE
    assert len(await clock.ticks()) == 1
    goes_on(late._ahead["telegram"])
    await delivering
    assert len(clock.post.letters) == 1


async def test_what_was_being_sent_when_its_courier_died_is_of_unknown_outcome(school, clock, settings):
    await owes(school, clock)
    (row,) = await school.rows(select(table).where(table.c.kind == "day_before"))
    await school.database.write(lambda tx: outbox.start(tx, row.id, "telegram", school.now))
    school.waits(minutes=5)
    courier = Courier(
        school.database, settings.to_organization(), lambda: school.now, {"telegram": Way(clock.post, Pace())}
    )
    running = asyncio.create_task(courier.run())
    await until(lambda: is_over(school))
    courier.stop()
    await running
    assert await outcomes(school) == [("unknown", Reason.INTERRUPTED)]
    assert clock.post.letters == []


@pytest.mark.on_postgres  # one process serves an SQLite file: a second one is refused
async def test_a_courier_that_two_processes_run_is_one_at_a_time(school, settings, clock):
    first = await school.database.lead("courier")
    assert await school.database.lead("courier") is None
    async with first:
        pass
    second = await school.database.lead("courier")
    assert second is not None
    async with second:
        assert await second.is_held()


async def test_the_most_urgent_goes_first(school, clock):
    await owes(school, clock, 6)
    for rank, number in ((3, 1), (1, 5), (2, 3)):
        this = update(table).where(table.c.kind == "day_before", table.c.resident_id == number).values(rank=rank)
        await school.database.write(lambda tx, this=this: tx.execute(this))
    now = school.now
    taken = await school.database.write(lambda tx: outbox.claim(tx, now, now + LEASE, 6))
    assert [owed.rank for owed in taken] == [1, 2, 2, 2, 2, 3]
    assert (taken[0].resident_id, taken[-1].resident_id) == (5, 1)

"""A consent that is taken back while a notice waits for its turn: it leaves no more by that way."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.messages.courier import Courier
from storage.tables import dispatches, outbox
from tests.support.notices.districts import district
from tests.support.notices.ways import Carrier, approves


@pytest.fixture
def carrier():
    return Carrier("alimtalk", 1300)


@pytest.fixture
def carrying(school, carrier):
    return Courier(
        school.database, district(alimtalk=True).to_organization(), lambda: school.now, {carrier.name: carrier.way}
    )


@pytest.fixture
async def agreed_to_it(school, reachable, clock):
    """Agreed to be told at their number, and has a class tomorrow of which they are to be told now."""
    await school.database.write(lambda tx: approves(tx, "alimtalk", ["day_before"], school.now))
    somebody = reachable()
    await somebody.registers(await school.opens())
    await somebody.goes_to("news/alimtalk/on")
    school.now += timedelta(days=14, hours=9)
    await clock.plans()
    return somebody


@pytest.mark.on_both
async def test_who_agreed_is_told_at_their_number(school, carrying, carrier, agreed_to_it):
    await carrying.deliver_due()
    assert [number for number, _ in carrier.taken] == ["+821000000001"]
    [row] = await school.rows(select(dispatches.c.way, dispatches.c.cost, dispatches.c.batch))
    assert tuple(row) == ("alimtalk", 1300, "b1")


@pytest.mark.on_both
async def test_nothing_leaves_for_who_takes_it_back_while_a_notice_waits_for_its_turn(
    school, carrying, carrier, agreed_to_it, monkeypatch
):
    take_turn = carrying._take_turn

    async def taking_back_before(owed, to):
        await agreed_to_it.goes_to("me/consents/alimtalk/off")
        await take_turn(owed, to)

    monkeypatch.setattr(carrying, "_take_turn", taking_back_before)
    await carrying.deliver_due()
    await carrying.deliver_due()
    assert (carrier.taken, await school.rows(select(dispatches.c.id))) == ([], [])
    kept = await school.rows(select(outbox.c.outcome).where(outbox.c.kind == "day_before"))
    assert [row.outcome for row in kept] == ["unreached"]

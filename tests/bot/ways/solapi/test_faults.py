"""A dealer that fails at random, and a service that dies again and again: nobody is told twice, and all is known."""

import asyncio
from collections import Counter
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from bot.messages import courier
from bot.ways.solapi import client
from storage.tables import dispatches

PEOPLE = 40


async def dies(mailing):
    """In the middle of whatever it does."""
    delivering = asyncio.create_task(mailing.delivers(seconds=1))
    await asyncio.sleep(0.05)
    delivering.cancel()
    with suppress(asyncio.CancelledError):
        await delivering
    await mailing.service._client.close()
    mailing.restarts()
    await mailing.service.start()


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_nobody_is_told_twice_and_nobody_is_without_an_outcome(mailing, monkeypatch, seed):
    monkeypatch.setattr(courier, "IN_HAND", 6)  # lest one fault takes them all
    monkeypatch.setattr(client, "PATIENCE", 0.3)
    monkeypatch.setattr(client, "LOOKING", 0.3)
    await mailing.owes(PEOPLE)
    mailing.dealer.account.not_on_kakao = {mailing.number(each) for each in (3, 17)}
    mailing.dealer.chaos(0.4, seed, kinds=(401, 429, 500, "timeout", "reset", "garbage"))
    mailing.dealer.faults.chaos.methods = ("send", "group", "list")
    for round_ in range(10):
        await (dies(mailing) if round_ % 3 == 1 else mailing.delivers(minutes=2))
        mailing.dealer.account.advance()
        await mailing.courier.give_up_lost()
        await mailing.tends(minutes=1)
    mailing.dealer.heal()
    for _ in range(30):
        await mailing.delivers(minutes=5)
        mailing.dealer.account.advance()
        await mailing.courier.give_up_lost()
        await mailing.tends(minutes=30)
    told = Counter(each.to for each in mailing.dealer.account.messages.values())
    assert [number for number, times in told.items() if times > 1] == []
    outcomes = Counter(outcome for outcome, _ in await mailing.notices())
    assert None not in outcomes
    assert outcomes["sent"] > PEOPLE / 4
    assert outcomes["sent"] == len(mailing.dealer.account.arrived)
    cost = await mailing.school.rows(select(func.sum(dispatches.c.cost)).where(dispatches.c.outcome == "delivered"))
    assert cost[0][0] == mailing.dealer.account.spent * 100

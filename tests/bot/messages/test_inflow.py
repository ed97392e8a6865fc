"""Messages on their way: in order, side by side, again after a failure, and not for ever."""

import asyncio
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.messages.answering import Answering
from bot.messages.delivery import Gone, Later
from bot.messages.incoming import Incoming
from bot.messages.inflow import Inflow
from handlers.dialogue.conversation import Said
from storage.dialogue import inbox
from storage.reasons import Reason
from storage.tables import inbox as table
from tests.support.waiting import PATIENCE, until

pytestmark = pytest.mark.on_sqlite


class Wire:
    """The network's edge: what left, in its order; some of it slowly, or not at first."""

    def __init__(self):
        self.left = []
        self.slow = {}
        self.failing = {}

    async def deliver(self, message, reply):
        if message.key in self.slow:
            await self.slow[message.key].wait()
        if self.failing.get(message.key):
            raise self.failing[message.key].pop()
        self.left.append(message.key)


@pytest.fixture
def wire():
    return Wire()


@pytest_asyncio.fixture
async def inflow(school, settings, wire):
    flow = Inflow("telegram", Answering(school.database, settings.to_organization(), lambda: school.now), wire)
    yield flow
    await flow.drain(1)


def message(key, address="a", text="도움말"):
    return Incoming("telegram", key, address, Said(text=text), {"text": text})


async def test_a_slow_reply_holds_back_its_own_chat_and_no_other(inflow, wire):
    gate = asyncio.Event()
    wire.slow["1"] = gate
    await inflow.take([message("1", "a"), message("2", "a"), message("3", "b")])
    await until(lambda: "3" in wire.left)
    gate.set()
    await inflow.drain(PATIENCE)
    assert wire.left == ["3", "1", "2"]


@pytest.mark.on_both
async def test_a_message_that_comes_twice_leaves_once(inflow, wire):
    await asyncio.gather(*(inflow.take([message("1")]) for _ in range(10)))
    await inflow.drain(PATIENCE)
    assert wire.left == ["1"]


async def test_a_reply_that_could_not_leave_is_sent_when_it_is_due(inflow, wire, school):
    wire.failing["1"] = [Later(timedelta(seconds=30), Reason.TOLD_TO_WAIT)]
    await inflow.take([message("1")])
    await inflow.drain(PATIENCE)
    await inflow.recover()
    await inflow.drain(PATIENCE)
    assert wire.left == []
    school.waits(seconds=31)
    await inflow.recover()
    await inflow.drain(PATIENCE)
    assert wire.left == ["1"]


@pytest.mark.on_both
async def test_a_reply_that_will_never_leave_is_given_up_with_its_reason(inflow, wire, school):
    wire.failing["1"] = [Gone()]
    await inflow.take([message("1")])
    await inflow.drain(PATIENCE)
    school.waits(hours=1)
    await inflow.recover()
    assert [row.failure for row in await school.rows(select(table.c.failure))] == ["unreachable"]


@pytest.mark.on_both
async def test_what_a_killed_process_left_is_answered_by_the_next(inflow, wire, school):
    stored = [("telegram", str(n), f"a{n}", {"text": "도움말"}) for n in range(20)]
    later = school.now + timedelta(minutes=1)
    await school.database.write(lambda tx: inbox.store(tx, stored, school.now, later))
    await inflow.reclaim()
    if school.database.is_shared:  # another process may have it in hand until its lease ends
        assert wire.left == []
        school.waits(minutes=2)
        await inflow.recover()
    await inflow.drain(PATIENCE)
    assert sorted(wire.left, key=int) == [str(n) for n in range(20)]


async def test_a_bug_in_delivery_stops_nobody_else(inflow, wire):
    wire.failing["1"] = [RuntimeError("a bug")]
    await inflow.take([message("1", "a"), message("2", "b"), message("3", "a")])
    await inflow.drain(PATIENCE)
    assert sorted(wire.left) == ["2", "3"]

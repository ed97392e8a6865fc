"""One chat's trouble is its own: chats that are told to wait hold nobody else up."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from bot.channels.telegram.sending import TelegramOut
from bot.messages.incoming import Incoming
from bot.messages.inflow import IN_HAND, SIDE_BY_SIDE, Inflow
from bot.messages.pace import Pace
from handlers.dialogue.conversation import Said
from tests.support.waiting import until

TOLD = 15  # seconds, which these tests don't wait for
WAITING = [f"waiting {number}" for number in range(SIDE_BY_SIDE + 6)]
OTHERS = [f"other {number}" for number in range(10)]

pytestmark = pytest.mark.on_sqlite


class Limited:
    """Telegram, which tells some chats to wait, the first so many times; the others get what is sent."""

    def __init__(self):
        self.times = 10**6
        self.refused = []
        self.arrived = []
        self.before_refusing = None  # what goes on meanwhile

    async def deliver(self, message, _):
        if message.address.startswith("waiting") and self.times > self.refused.count(message.address):
            self.refused.append(message.address)
            if self.before_refusing:
                await self.before_refusing()
            raise RetryAfter(timedelta(seconds=TOLD))
        self.arrived.append(message.address)


@pytest.fixture
def limited():
    return Limited()


@pytest.fixture
async def inflow(answering, limited):
    flow = Inflow("telegram", answering, TelegramOut(limited, Pace()))
    yield flow
    await flow.drain(0)


def messages(addresses, about=""):
    return [
        Incoming("telegram", f"{each} {about}", each, Said(text="도움말"), {"text": "도움말"}) for each in addresses
    ]


async def test_others_are_answered_while_many_chats_wait(inflow, limited):
    await inflow.take(messages(WAITING))
    await until(lambda: len(limited.refused) == len(WAITING))
    await inflow.take(messages(OTHERS))
    await until(lambda: sorted(limited.arrived) == OTHERS)
    assert {message.key for message in messages(WAITING)} <= set(inflow._tasks)


async def test_others_are_answered_while_one_chat_that_waits_has_more_in_hand_than_there_is_room(inflow, limited):
    for number in range(IN_HAND + 1):
        await inflow.take(messages(WAITING[:1], str(number)))
    await inflow.take(messages(OTHERS))
    await until(lambda: sorted(limited.arrived) == OTHERS)
    assert len(limited.refused) == 1


async def test_a_chat_that_was_told_to_wait_is_left_alone_and_then_answered_in_order(inflow, limited, monkeypatch):
    monkeypatch.setattr("tests.bot.messages.test_waiting_chats.TOLD", 0.2)
    limited.times = 1
    await inflow.take(messages(WAITING[:1] * 3, "a")[:1] + messages(WAITING[:1], "b") + messages(WAITING[:1], "c"))
    await until(lambda: len(limited.arrived) == 3)
    assert len(limited.refused) == 1


async def test_chats_refused_again_and_again_do_not_pause_the_bot_while_others_get_through(
    answering, limited, monkeypatch
):
    monkeypatch.setattr("tests.bot.messages.test_waiting_chats.TOLD", 0.05)
    out = TelegramOut(limited, pace := Pace())
    limited.times = 3
    (first, second, other), reply = messages([*WAITING[:2], *OTHERS[:1]]), await answering.preview("web", "a", "menu")
    limited.before_refusing = lambda: out.deliver(other, reply)
    await asyncio.gather(out.deliver(first, reply), out.deliver(second, reply))
    assert (len(limited.refused), pace._paused_until) == (6, 0)


async def test_the_bot_pauses_when_nobody_gets_through(answering, limited, monkeypatch):
    monkeypatch.setattr("tests.bot.messages.test_waiting_chats.TOLD", 0.05)
    out = TelegramOut(limited, pace := Pace())
    limited.times = 3
    reply = await answering.preview("web", "a", "menu")
    await asyncio.gather(*(out.deliver(each, reply) for each in messages(WAITING[:2])))
    assert pace._paused_until > 0

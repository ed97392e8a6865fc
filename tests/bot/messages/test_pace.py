"""The pace: never more than so many in a second, one chat a second, replies first."""

import asyncio

from bot.messages.pace import REPLY, Pace
from tests.support.waiting import in_no_time

SECOND = 0.2  # a second of these tests


async def goes(pace, rank, sent, name="", takes=0.0):
    async with pace.turn(rank):
        sent.append((asyncio.get_running_loop().time(), name))
        await asyncio.sleep(takes)


def busiest(sent):
    """The most that went within any second."""
    times = sorted(at for at, _ in sent)
    return max(sum(1 for at in times if start <= at < start + SECOND) for start in times)


@in_no_time
async def test_no_second_sees_more_than_the_limit():
    pace, sent = Pace(5, SECOND), []
    await asyncio.gather(*(goes(pace, 2, sent, takes=0.01) for _ in range(17)))
    assert len(sent) == 17
    assert busiest(sent) == 5


@in_no_time
async def test_replies_go_before_what_waits_and_the_urgent_before_the_rest():
    pace, sent = Pace(1, SECOND), []
    waiting = [asyncio.create_task(goes(pace, rank, sent, rank)) for rank in (3, 2, 1)]
    await asyncio.sleep(SECOND / 4)
    waiting.append(asyncio.create_task(goes(pace, REPLY, sent, "reply")))
    await asyncio.gather(*waiting)
    assert [name for _, name in sent] == [3, "reply", 1, 2]


@in_no_time
async def test_replies_alone_do_not_wait():
    pace, sent = Pace(1, SECOND), []
    await asyncio.gather(*(goes(pace, REPLY, sent) for _ in range(20)))
    assert {at for at, _ in sent} == {0.0}


@in_no_time
async def test_a_chat_is_written_to_once_a_second():
    pace = Pace(30, SECOND)
    assert pace.reserve("a") == 0
    assert [pace.reserve("a") for _ in range(2)] == [SECOND, 2 * SECOND]
    assert pace.reserve("b") == 0


@in_no_time
async def test_a_pause_of_one_chat_holds_that_chat_alone():
    pace = Pace(30, SECOND)
    pace.pause_chat("a", 5)
    assert pace.wait_for("a") == 5
    assert pace.wait_for("b") == 0


@in_no_time
async def test_a_pause_of_the_bot_holds_everything_and_then_goes_on():
    pace, sent = Pace(30, SECOND), []
    began = asyncio.get_running_loop().time()
    pace.pause(SECOND)
    await asyncio.gather(goes(pace, 2, sent), goes(pace, REPLY, sent))
    assert min(at for at, _ in sent) >= began + SECOND


@in_no_time
async def test_who_gives_up_waiting_takes_nobodys_place():
    pace, sent = Pace(1, SECOND), []
    first = asyncio.create_task(goes(pace, 2, sent, "first"))
    await asyncio.sleep(0)
    second = asyncio.create_task(goes(pace, 2, sent, "second"))
    await asyncio.sleep(0.01)
    second.cancel()
    await asyncio.gather(first, goes(pace, 2, sent, "third"))
    assert [name for _, name in sent] == ["first", "third"]

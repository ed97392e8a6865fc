"""What each answer of the Event API, and each silence, makes of a notice."""

import asyncio

import pytest
from sqlalchemy import select

from bot.messages import courier
from bot.ways import together
from bot.ways.event.sending import Said
from storage.people import residents
from storage.reasons import Reason
from storage.tables import dispatches
from tests.support.clock.crowd import FIRST
from tests.support.eventapi import KEY, PRICE

pytestmark = pytest.mark.on_sqlite


@pytest.mark.on_both
async def test_what_was_accepted_is_delivered_once_its_task_says_so(friends):
    await friends.owes(3)
    await friends.delivers()
    assert [[text[:5] for text in friends.got(each)] for each in range(3)] == [["내일 오전"]] * 3
    assert await friends.outcomes() == [(None, None)] * 3
    await friends.tends()
    assert await friends.outcomes() == [("sent", None)] * 3
    assert await friends.left() == [("delivered", None, PRICE)] * 3
    assert friends.server.charged == 3 * PRICE


async def test_those_who_are_told_the_same_share_calls_of_a_hundred(friends, monkeypatch):
    monkeypatch.setattr(courier, "IN_HAND", 250)
    friends.event.way.pace._per_second = 250
    await friends.owes(250)
    await friends.delivers_once()
    assert [len(talk.users) for talk in friends.server.talks()] == [100, 100, 50]
    assert together.MOST == 100


async def test_nobody_is_named_twice_in_a_call(friends):
    await friends.owes(1)
    push, friends.event._push._together._within = friends.event.way.pusher, 0.5
    said = Said("같은 말", "digest", is_alone=False)
    await asyncio.gather(*(push.push("u1", said, 1) for _ in range(3)), push.push("u2", said, 1))
    assert sorted(talk.users for talk in friends.server.talks()) == [("u1",), ("u1",), ("u1", "u2")]
    assert friends.server.counts == {"talk ok": 3}


async def test_what_never_left_is_tried_again_and_cost_nothing(friends):
    await friends.owes(2)
    port = int(friends.server.url.rpartition(":")[2])
    await friends.server.stop()
    await friends.delivers_once()
    assert await friends.outcomes() == [(None, Reason.NOT_SENT)] * 2
    assert await friends.left() == []
    await friends.server.start(port)
    await friends.delivers(seconds=30)
    assert [len(friends.got(each)) for each in range(2)] == [1, 1]


@pytest.mark.parametrize("status", [401, 403])
async def test_a_key_that_is_not_known_loses_nothing_and_is_told_once(friends, logged, status):
    await friends.owes(2)
    friends.server.fail("talk", status, times=2)
    await friends.delivers_once()
    await friends.delivers(seconds=31)
    assert await friends.outcomes() == [(None, Reason.UNKNOWN_TOKEN)] * 2
    await friends.delivers(minutes=2)
    assert [len(friends.got(each)) for each in range(2)] == [1, 1]
    assert logged.text.count("doesn't know our key") == 1


@pytest.mark.parametrize("kind", [429, "quota"])
async def test_who_asked_too_often_calls_no_more_until_the_time_is_over(friends, kind):
    await friends.owes(2)
    friends.server.fail("talk", kind, retry_after="120")
    await friends.delivers_once()
    await friends.delivers(seconds=119)
    assert len(friends.server.calls) == 1
    assert {reason for _, reason in await friends.outcomes()} == {Reason.TOLD_TO_WAIT}
    await friends.delivers(seconds=1)
    assert [len(friends.got(each)) for each in range(2)] == [1, 1]


@pytest.mark.parametrize("kind", [400, 404, "fail"])
async def test_what_is_refused_for_good_is_left_to_other_ways(friends, kind):
    await friends.owes(1)
    friends.server.fail("talk", kind)
    await friends.delivers()
    ((outcome, reason, cost),) = await friends.left()
    assert (outcome, reason.partition(":")[0], cost) == ("failed", Reason.REFUSED, 0)
    assert [outcome for outcome, _ in await friends.outcomes()] == ["unreached"]
    assert friends.got(0) == []


async def test_one_whom_a_call_is_refused_for_keeps_nobody_else_from_being_told(friends):
    await friends.owes(7)
    friends.server.fail("talk", 400, times=None, user=str(FIRST + 4))
    await friends.delivers()
    assert [len(friends.got(each)) for each in range(7)] == [1, 1, 1, 1, 0, 1, 1]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["reset", "garbage", 500, 502])
async def test_what_may_have_arrived_is_never_repeated(friends, kind, after):
    await friends.owes(2)
    friends.server.fail("talk", kind, after=after and kind != 500)
    await friends.delivers_once()
    await friends.delivers(hours=1)
    assert [(outcome, bool(reason)) for outcome, reason in await friends.outcomes()] == [("unknown", True)] * 2
    assert [(outcome, cost) for outcome, _, cost in await friends.left()] == [("unknown", PRICE)] * 2
    assert len(friends.server.calls) == 1


async def test_what_is_never_answered_is_never_repeated(meets):
    friends = meets(patience=0.3)
    await friends.event.start()
    await friends.owes(2)
    friends.server.fail("talk", "timeout", after=True)
    await friends.delivers_once()
    await friends.delivers(hours=1)
    assert [outcome for outcome, _ in await friends.outcomes()] == ["unknown"] * 2
    assert [len(friends.got(each)) for each in range(2)] == [1, 1]


async def test_after_a_call_of_unknown_outcome_others_wait_a_while_and_are_not_lost_with_it(friends, monkeypatch):
    monkeypatch.setattr(courier, "IN_HAND", 1)
    await friends.owes(3)
    friends.server.fail("talk", 502)
    await friends.delivers()
    assert [outcome for outcome, _ in await friends.outcomes()].count("unknown") == 1
    assert len(friends.server.calls) == 1
    await friends.delivers(seconds=3)
    assert sum(len(friends.got(each)) for each in range(3)) == 2


async def test_who_left_the_chat_is_not_called_by_what_was_their_key(friends):
    await friends.owes(2)
    await friends.school.database.write(lambda tx: residents.leave(tx, "kakao", str(FIRST)))
    await friends.delivers()
    assert [talk.users for talk in friends.server.talks()] == [(str(FIRST + 1),)]
    assert [outcome for outcome, _ in await friends.outcomes()] == ["unreached", None]


async def test_an_answer_without_a_task_is_of_unknown_outcome(friends):
    await friends.owes(1)
    friends.server._take = lambda _talk: (200, {"status": "SUCCESS", "taskId": ["odd"]})
    await friends.delivers()
    assert [outcome for outcome, _ in await friends.outcomes()] == ["unknown"]


async def test_neither_the_key_nor_whom_it_went_to_is_written_down(friends, logged):
    await friends.owes(3)
    friends.server.fail("talk", "reset", after=True)
    friends.server.broken[str(FIRST + 1)] = f"{KEY} {FIRST + 1}"
    await friends.delivers_once()
    friends.server.fail("talk", 401)
    await friends.evening(7)
    await friends.delivers()
    await friends.delivers(minutes=2)
    await friends.tends()
    kept = await friends.school.rows(select(dispatches))
    written = " ".join(str(value) for row in kept for value in row) + logged.text
    assert KEY not in written
    assert str(FIRST) not in written
    assert {row.message_id for row in kept} > {None}

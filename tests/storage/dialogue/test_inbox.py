"""What came in: stored once, claimed once, and due again when its holder dies."""

import asyncio
from datetime import timedelta
from itertools import chain

from storage.dialogue import inbox
from tests.support.domain import MONDAY

LEASE = MONDAY + timedelta(minutes=1)


def arrives(*keys):
    messages = [("telegram", key, f"a{key}", {"text": key}) for key in keys]
    return lambda tx: inbox.store(tx, messages, MONDAY, MONDAY)


def claims(now=MONDAY, limit=3):
    return lambda tx: [message.key for message in inbox.claim(tx, "telegram", now, LEASE, limit)]


async def test_a_message_is_new_once(database):
    assert await database.write(arrives("1", "2")) == {"1", "2"}
    assert await database.write(arrives("2", "3")) == {"3"}


async def test_a_message_that_arrives_many_times_at_once_is_new_once(database):
    found = await asyncio.gather(*(database.write(arrives("1")) for _ in range(12)))
    assert sorted(len(new) for new in found) == [0] * 11 + [1]


async def test_many_claimers_share_the_messages_without_overlap(database):
    await database.write(arrives(*map(str, range(30))))
    claimed = await asyncio.gather(*(database.write(claims()) for _ in range(12)))
    assert sorted(chain.from_iterable(claimed)) == sorted(map(str, range(30)))


async def test_what_a_dead_worker_claimed_falls_due_again(database):
    await database.write(arrives("1"))
    assert await database.write(claims()) == ["1"]
    assert await database.write(claims()) == []
    assert await database.write(claims(LEASE)) == ["1"]


async def test_a_settled_message_is_never_claimed(database):
    await database.write(arrives("1"))
    await database.write(lambda tx: inbox.settle(tx, "telegram", "1", MONDAY, {"text": "네"}))
    assert await database.write(claims(LEASE)) == []
    assert await database.read(inbox.count_owed) == 0


async def test_messages_are_claimed_in_the_order_of_arrival(database):
    await database.write(arrives("9", "10", "1"))
    assert await database.write(claims()) == ["9", "10", "1"]


async def test_what_is_old_and_settled_is_forgotten(database):
    await database.write(arrives("1", "2"))
    await database.write(lambda tx: inbox.settle(tx, "telegram", "1", MONDAY))
    assert await database.write(lambda tx: inbox.forget_before(tx, LEASE)) == 1


async def test_of_two_replies_to_one_message_the_first_stays(database):
    for reply, later in (({"text": "하나"}, 0), ({"text": "둘"}, 1)):
        at = MONDAY + timedelta(minutes=later)
        message = ("web", "k", "a", {"text": "강좌"})
        await database.write(lambda tx, at=at, message=message, reply=reply: inbox.keep(tx, message, at, reply))
    kept = await database.read(lambda tx: inbox.find(tx, "web", "k"))
    assert (kept.reply, kept.settled_at) == ({"text": "하나"}, MONDAY)


async def test_what_was_put_off_by_a_clock_that_was_ahead_is_claimed_once_the_clock_is_right(database):
    await database.write(arrives("1", "2"))
    for key, ahead in (("1", timedelta(days=365)), ("2", timedelta(hours=1))):
        await database.write(lambda tx, key=key, ahead=ahead: inbox.postpone(tx, "telegram", key, MONDAY + ahead, ""))
    assert await database.write(claims()) == ["1"]

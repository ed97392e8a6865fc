"""Links that are good once: what opens one, what ends one, and that the database tells none."""

import asyncio
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.settings import Settings
from bot.ticks.forgetting import Forgetting
from storage.people import links, residents
from storage.tables import one_time_links
from tests.support.domain import MONDAY

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest_asyncio.fixture
async def owner(database):
    return (await database.write(lambda tx: residents.welcome(tx, "web", "r1", "ko", MONDAY))).id


@pytest_asyncio.fixture
async def token(database, owner):
    return await database.write(lambda tx: links.make(tx, "export", owner, "all", MONDAY, DAY))


@pytest.fixture
def used(database, token):
    """Uses the link up, and tells what it was good for."""

    async def use(token=token, purpose="export", now=MONDAY):
        return await database.write(lambda tx: links.use(tx, token, purpose, now))

    return use


@pytest.fixture
def seen(database, token):
    """Looks what the link is good for, as its page does."""

    async def look(purpose="export", now=MONDAY):
        return await database.read(lambda tx: links.look(tx, token, purpose, now))

    return look


async def test_of_ten_who_use_a_link_at_once_one_gets_it(owner, used):
    got = await asyncio.gather(*(used() for _ in range(10)))
    assert [link for link in got if link] == [links.Link(owner, "all", MONDAY + DAY, MONDAY)]


async def test_ten_looks_as_previews_of_messengers_take_them_use_nothing_up(seen, used):
    assert None not in await asyncio.gather(*(seen() for _ in range(10)))
    assert await used()


async def test_a_link_that_was_used_opens_nothing_and_is_known_as_used(database, token, seen, used):
    before = await database.read(lambda tx: links.find(tx, token, "export"))
    await used()
    after = await database.read(lambda tx: links.find(tx, token, "export"))
    assert (before.used_at, after.used_at, await seen(), await used()) == (None, MONDAY, None, None)


async def test_a_link_is_good_until_its_time_and_no_longer(seen, used):
    assert await seen(now=MONDAY + DAY - SECOND)
    assert (await seen(now=MONDAY + DAY), await used(now=MONDAY + DAY)) == (None, None)


async def test_a_link_opens_nothing_that_it_was_not_made_for(database, token, seen, used):
    assert (await seen("personal"), await used(purpose="personal")) == (None, None)
    assert await database.read(lambda tx: links.find(tx, token, "personal")) is None
    assert await used()


async def test_what_was_never_a_link_opens_nothing(token, used):
    made_up = ("", "x" * 32, token[:-1], f"{token}=", token.swapcase(), "토큰", "\ud800", "%00", "' OR 1=1 --")
    assert [await used(each) for each in made_up] == [None] * len(made_up)


async def test_no_two_tokens_are_alike_and_each_is_too_long_to_guess(database, owner):
    def ten(tx):
        return {links.make(tx, "export", owner, "all", MONDAY, DAY) for _ in range(10)}

    assert {len(token) * 6 >= 128 for token in await database.write(ten)} == {True}
    assert len(await database.read(lambda tx: tx.execute(select(one_time_links)).all())) == 10


async def test_nothing_in_the_database_opens_a_link(database, token, used):
    (row,) = await database.read(lambda tx: tx.execute(select(one_time_links)).all())
    assert token not in f"{row}"
    assert [await used(f"{value}") for value in row] == [None] * len(row)


async def test_who_is_erased_leaves_no_link_and_others_keep_theirs(database, owner, seen, used):
    other = await database.write(lambda tx: residents.welcome(tx, "web", "r2", "ko", MONDAY))
    theirs = await database.write(lambda tx: links.make(tx, "export", other.id, "all", MONDAY, DAY))
    assert await database.write(lambda tx: links.end(tx, owner)) == 1
    assert await seen() is None
    assert await used(theirs)


async def test_a_link_is_forgotten_the_night_after_its_last_day(database, token):
    left = []
    for passed in (DAY, 2 * DAY + SECOND):
        now = MONDAY + passed
        await Forgetting(database, Settings().to_organization(), lambda now=now: now).carry_out()
        left.append(len(await database.read(lambda tx: tx.execute(select(one_time_links)).all())))
    assert left == [1, 0]

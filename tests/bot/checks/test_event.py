"""Whether the Event API is reached with a key that it knows; nothing is said to anybody for it."""

import pytest
from pydantic import SecretStr

from bot.checks import event
from bot.sections import Event, Kakao
from bot.settings import Settings
from tests.support.eventapi import BOT_ID, KEY, EventServer
from tests.support.kakao.talker import BLOCK_ID, SECRET


def speaking(url, key=KEY):
    speaks = Event(rest_api_key=SecretStr(key), api_url=url)
    return Settings(kakao=Kakao(bot_id=BOT_ID, skill_secret=SecretStr(SECRET), block_id=BLOCK_ID, event=speaks))


async def test_a_key_that_is_known_is_good_and_nothing_is_sent():
    async with EventServer() as server:
        (found,) = await event.check(speaking(server.url))
    assert (found.is_good, server.talks(), server.charged) == (True, [], 0)
    assert "16.5원" in found.finding


async def test_a_key_that_is_not_known_is_told_without_being_shown():
    async with EventServer() as server:
        (found,) = await event.check(speaking(server.url, "1" * 32))
    assert (found.is_good, "rest_api_key" in found.finding, "1111" in found.finding) == (False, True, False)


@pytest.mark.parametrize("kind", [500, 429])
async def test_who_does_not_answer_now_is_told_of(kind):
    async with EventServer() as server:
        server.fail("task", kind)
        (found,) = await event.check(speaking(server.url))
    assert not found.is_good


async def test_who_can_not_be_reached_is_told_of():
    async with EventServer() as server:
        gone = server.url
    (found,) = await event.check(speaking(gone))
    assert (found.is_good, "연결할 수 없습니다" in found.finding) == (False, True)


async def test_where_it_is_off_there_is_nothing_to_check():
    assert await event.check(Settings()) == []

"""Faults strike as planned, before or after the effect; the double is driven from another process."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram import Bot
from telegram.error import ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.support.botapi import TOKEN, BotApi, Person
from tests.support.waiting import until


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (401, InvalidToken),
        (403, Forbidden),
        (404, InvalidToken),
        (409, Conflict),
        (429, RetryAfter),
        (500, NetworkError),
        (502, NetworkError),
        ("reset", NetworkError),
        ("garbage", NetworkError),
        ("migrate", ChatMigrated),
    ],
)
async def test_a_fault_strikes_once_and_before_the_effect(
    api: BotApi, bot: Bot, person: Person, kind: int | str, error: type[Exception]
):
    api.fail("sendMessage", kind)
    with pytest.raises(error):
        await bot.send_message(person.id, "안녕하세요")
    assert person.messages == []
    await bot.send_message(person.id, "안녕하세요")
    assert len(person.messages) == 1


@pytest.mark.parametrize("kind", ["reset", "garbage", "timeout", 500])
async def test_a_fault_can_strike_after_the_effect(api: BotApi, bot: Bot, person: Person, kind: int | str):
    api.fail("sendMessage", kind, after=True)
    with pytest.raises(NetworkError):
        await bot.send_message(person.id, "안녕하세요", read_timeout=0.2)
    await until(lambda: api.calls(f"sendMessage ({kind})"))
    assert len(person.messages) == 1


async def test_a_slow_call_has_its_effect_after_the_caller_gave_up(api: BotApi, bot: Bot, person: Person):
    slow = api.fail("sendMessage", "timeout", seconds=60)
    with pytest.raises(TimedOut):
        await bot.send_message(person.id, "안녕하세요", read_timeout=0.1)
    await until(lambda: api.faults.struck)
    assert person.messages == []
    slow.over.set()
    await until(lambda: person.messages)


async def test_a_fault_can_be_for_one_chat(api: BotApi, bot: Bot, person: Person):
    other = api.person(2)
    await other.says("/start")
    api.fail("*", 403, times=None, chat_id=person.id)
    await bot.send_message(other.id, "안녕하세요")
    for _ in range(2):
        with pytest.raises(Forbidden):
            await bot.send_message(person.id, "안녕하세요")


async def test_chaos_is_the_same_for_the_same_seed(api: BotApi, bot: Bot):
    async def outcomes() -> list[str]:
        api.chaos(0.5, seed=7, kinds=(429, 500, "garbage"))
        calls = [await asyncio.gather(bot.get_me(), return_exceptions=True) for _ in range(20)]
        return [type(outcome[0]).__name__ for outcome in calls]

    first = await outcomes()
    assert await outcomes() == first
    assert {"User", "RetryAfter", "NetworkError"} == set(first)


async def test_latency_is_added_to_every_call(api: BotApi, bot: Bot):
    api.latency(100)
    started = asyncio.get_running_loop().time()
    await bot.get_me()
    assert asyncio.get_running_loop().time() - started >= 0.1


async def test_an_outage_is_survived_by_what_was_said(api: BotApi, bot: Bot):
    update_id = await api.person(1).says("안녕")
    port = int(api.url.rpartition(":")[2])
    await api.stop()
    with pytest.raises(NetworkError):
        await bot.get_updates()
    await api.start(port)
    assert [update.update_id for update in await bot.get_updates()] == [update_id]


@pytest.fixture
async def outside() -> AsyncIterator[aiohttp.ClientSession]:
    """A session to the double that runs as a process of its own."""
    command = [sys.executable, "-m", "tests.support.botapi"]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    assert process.stdout
    url = (await process.stdout.readline()).decode().split()[-1]
    async with aiohttp.ClientSession(url) as session:
        yield session
    process.terminate()
    assert await process.wait() == 0


async def post(session: aiohttp.ClientSession, path: str, **order: object) -> dict[str, object]:
    async with session.post(path, json=order) as response:
        answer: dict[str, object] = await response.json()
        return answer


async def test_a_process_of_its_own_takes_orders(outside: aiohttp.ClientSession):
    said = await post(outside, "/_control/says", user_id=1, text="안녕")
    assert (await post(outside, "/_control/summary"))["unanswered"] == [
        {"update_id": said["update_id"], "chat_id": 1, "replies": 0, "lacks": "no reply"}
    ]
    await post(outside, f"/bot{TOKEN}/sendMessage", chat_id=1, text="반갑습니다")
    answer = await post(outside, "/_control/answer", user_id=1)
    assert answer["messages"][0]["text"] == "반갑습니다"
    assert (await post(outside, "/_control/presses", user_id=1, label="없음"))["error"]
    await post(outside, "/_control/fail", method="sendMessage", kind=429, retry_after=7)
    refused = await post(outside, f"/bot{TOKEN}/sendMessage", chat_id=1, text="또")
    assert refused["parameters"] == {"retry_after": 7}

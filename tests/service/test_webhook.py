"""The webhook's door, and updates that come twice, together or out of breath."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.support.botapi import Person
from tests.support.databases.kinds import sqlite_copy
from tests.support.service.process import SECRET
from tests.support.service.registering import CONFIRMED, Registering
from tests.support.service.town import Town, inhabited

pytestmark = pytest.mark.asyncio(loop_scope="module")

SIGNED = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    folder = tmp_path_factory.mktemp("service")
    async with inhabited(folder, sqlite_copy(migrated_file, folder), "webhook") as town:
        await town.service.start()
        yield town


async def post(town: Town, body: Any, headers: dict[str, str] = SIGNED) -> int:
    """The status of what is sent to the webhook by hand."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{town.service.url}/telegram", data=written, headers=headers) as answer,
    ):
        return answer.status


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}])
async def test_who_does_not_know_the_secret_is_turned_away(town: Town, newcomer: Person, headers: dict[str, str]):
    await newcomer.says("/start")
    await newcomer.answer()
    update = town.api.updates.known[town.api.updates.last_id] | {"update_id": 1}
    assert await post(town, update, headers) == 403
    await town.quiet()
    assert len(newcomer.messages) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"x" * 1_000_001, 200), (b"{", 200), (b"\xff\xfe\x00", 200), (b"", 200), (b"[]", 200), (b"7", 200)],
    ids=["too large", "half", "no text", "nothing", "a list", "a number"],
)
async def test_a_body_that_is_no_update_is_refused_and_stops_nobody(
    town: Town, newcomer: Person, body: bytes, status: int
):
    assert await post(town, body) == status
    assert "안녕하세요" in (await newcomer.asks("/start")).text


async def test_an_update_that_comes_ten_times_at_once_acts_once_and_is_answered_once(town: Town, newcomer: Person):
    course = await town.opens()
    registering = Registering(newcomer, course, "홍길동", "010-5000-0001")
    await registering.fills_in()
    await newcomer.presses("이대로 신청하기")
    update = town.api.updates.known[town.api.updates.last_id]
    assert await asyncio.gather(*(post(town, update) for _ in range(10))) == [200] * 10
    await town.quiet()
    assert len(await town.enrolled(course)) == 1
    assert town.api.replies(update["update_id"]) == 1


async def test_an_update_that_comes_again_later_is_not_answered_again(town: Town, newcomer: Person):
    update = await newcomer.says("/start")
    await newcomer.answer()
    town.api.redeliver(update)
    await newcomer.asks("/help")
    assert (town.api.replies(update), len(newcomer.messages)) == (1, 2)


async def test_twelve_taps_on_submit_give_one_seat_and_each_is_answered(town: Town, newcomer: Person):
    course = await town.opens()
    registering = Registering(newcomer, course, "홍길동", "010-5000-0002")
    await registering.fills_in()
    summary = newcomer.screen
    updates = [await newcomer.presses_old(summary, "이대로 신청하기") for _ in range(12)]
    await town.quiet()
    assert len(await town.enrolled(course)) == 1
    assert [town.api.replies(update) for update in updates] == [1] * 12


async def test_messages_of_a_chat_are_answered_in_their_order(town: Town):
    words = ["청구동", "홍길동", "1983", "010-5000-0003", "이대로 신청하기"]
    course, residents = await town.opens(), [town.resident() for _ in range(10)]
    for number, each in enumerate(residents):
        words[3] = f"010-5000-1{number:03}"
        for said in (f"/start c{course}", "신청하기", "텔레그램으로 계속", "동의하고 계속", *words):
            await each.says(said)
    await town.quiet()
    assert [CONFIRMED in each.screen.text for each in residents] == [True] * 10
    assert [len(each.messages) for each in residents] == [10] * 10  # one takes the keyboard for the number away


async def test_a_slow_reply_is_not_overtaken_by_the_next(town: Town, newcomer: Person):
    town.api.fail("sendMessage", "timeout", seconds=0.4, chat_id=newcomer.id)
    await newcomer.says("/start")
    await newcomer.says("/help")
    await town.quiet()
    greeting, help_ = newcomer.messages
    assert ("안녕하세요" in greeting.text, "이렇게 쓰시면" in help_.text) == (True, True)

"""Telegram fails in every way it can: every message is answered in the end, and nobody waits for another's fault."""

import asyncio
from itertools import product

import pytest

from tests.support.botapi import Person
from tests.support.botapi.faults import Kind
from tests.support.service.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

POLL_FAULTS: tuple[Kind, ...] = (401, 404, 409, 429, 500, 502, "reset", "garbage")
REPLY_FAULTS: tuple[Kind, ...] = (401, 404, 409, 429, 500, 502, "reset", "garbage", "timeout")
BOTH = ("sendMessage", "editMessageText")


@pytest.mark.parametrize("kind", POLL_FAULTS)
async def test_polling_goes_on_after(town: Town, newcomer: Person, kind: Kind):
    fault = town.api.fail("getUpdates", kind)
    await newcomer.asks("/start")
    assert "이렇게 쓰시면 돼요" in (await newcomer.asks("/help")).text
    assert fault.times == 0


async def test_a_reply_arrives_whatever_happens_on_its_way(town: Town):
    ways = [(method, kind, after) for method, kind in product(BOTH, REPLY_FAULTS) for after in (False, True)]
    residents = [town.resident() for _ in ways]
    await asyncio.gather(*(each.asks("/start") for each in residents))
    for each, (method, kind, after) in zip(residents, ways, strict=True):
        town.api.fail(method, kind, after=after, chat_id=each.id)
    asking = [each.asks("/help") for each, way in zip(residents, ways, strict=True) if way[0] == "sendMessage"]
    tapping = [each.taps("도움말") for each, way in zip(residents, ways, strict=True) if way[0] != "sendMessage"]
    await asyncio.gather(*asking, *tapping)
    await town.quiet()
    assert ["이렇게 쓰시면 돼요" in each.screen.text for each in residents] == [True] * len(ways)
    assert town.api.unanswered() == []


async def test_nobody_waits_while_another_chat_is_told_to_wait(town: Town, newcomer: Person):
    town.api.fail("sendMessage", 429, chat_id=newcomer.id, retry_after=2)
    held = await newcomer.says("/start")
    await asyncio.gather(*(town.resident().asks("/help") for _ in range(30)))
    assert town.api.replies(held) == 0
    await newcomer.answer()
    assert town.api.replies(held) == 1


@pytest.mark.parametrize("kind", [400, 429, 500, "reset", "garbage"])
async def test_a_tap_that_cannot_be_acknowledged_is_answered_all_the_same(town: Town, newcomer: Person, kind: Kind):
    await newcomer.asks("/start")
    town.api.fail("answerCallbackQuery", kind)
    assert "이렇게 쓰시면 돼요" in (await newcomer.taps("도움말")).text


async def test_a_screen_that_is_gone_is_sent_anew(town: Town, newcomer: Person):
    await newcomer.asks("/start")
    town.api.fail("editMessageText", 400, description="Bad Request: message to edit not found")
    await newcomer.taps("도움말")
    assert ["안녕하세요" in newcomer.messages[0].text, "이렇게 쓰시면" in newcomer.messages[1].text] == [True, True]


async def test_markup_that_telegram_refuses_is_sent_plain(town: Town, newcomer: Person):
    course = await town.opens(title="표시 없는 강좌")
    town.api.fail("sendMessage", 400, description="Bad Request: can't parse entities: unexpected end tag")
    card = await newcomer.asks(f"/start c{course}")
    assert ("표시 없는 강좌" in card.text, card.entities) == (True, [])


async def test_a_reply_that_telegram_refuses_for_good_does_not_hold_up_the_chat(town: Town, newcomer: Person):
    town.api.fail("sendMessage", 400, chat_id=newcomer.id, description="Bad Request: something new")
    await newcomer.says("/start")
    assert "이렇게 쓰시면 돼요" in (await newcomer.asks("/help")).text
    assert "reply refused by Telegram" in town.service.logs


async def test_what_is_said_while_telegram_is_away_is_answered_when_it_is_back(town: Town):
    residents = [town.resident() for _ in range(10)]
    port = int(town.api.url.rsplit(":", 1)[1])
    await town.api.stop()
    for each in residents:
        await each.says("/start")
    await town.api.start(port)
    await asyncio.gather(*(each.answer() for each in residents))
    assert [len(each.messages) for each in residents] == [1] * 10


async def test_a_bug_is_told_with_the_number_under_which_it_is_logged(town: Town, newcomer: Person):
    broken = await town.opens(weekdays=(9,))
    told = (await newcomer.asks(f"/start c{broken}")).text
    (logged,) = (line for line in town.service.logs.splitlines() if "bug reference=" in line)
    assert logged.partition("reference=")[2].split()[0] in told
    assert "Traceback" in logged
    assert "안녕하세요" in (await newcomer.asks("/start")).text


async def test_every_log_line_is_one_event_and_none_holds_the_token(town: Town):
    lines = town.service.logs.splitlines()
    assert lines
    assert [line for line in lines if not line.startswith("time=")] == []
    assert town.api.token not in town.service.logs
    assert town.api.token.partition(":")[2] not in town.service.logs

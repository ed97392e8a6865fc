"""What a reply tells first counts as told once it has arrived, whatever stands in the way."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select, update
from telegram import Bot

from bot.channels.telegram.client import Delivery
from bot.channels.telegram.http import AiohttpRequest
from bot.channels.telegram.sending import TelegramOut
from bot.messages.answering import Answering
from bot.messages.incoming import Incoming
from bot.messages.inflow import Inflow
from bot.messages.pace import Pace
from handlers.dialogue.conversation import Said
from handlers.staff.notices import owed
from storage.notices import backlog
from storage.tables import addresses
from tests.support.botapi import BotApi, Message
from tests.support.domain import School, Visitor
from tests.support.kakao.owing import owes_a_closed_course

pytestmark = [pytest.mark.on_sqlite, pytest.mark.filterwarnings("ignore:Please use 'Bot")]

TITLES = [f"정리수납컨설턴트 2급 자격증반 {number}기" for number in range(1, 15)]
Taking = Callable[..., Awaitable[list[Message]]]


@pytest.fixture
async def out(api: BotApi) -> AsyncIterator[TelegramOut]:
    async with Bot(api.token, base_url=f"{api.url}/bot", request=AiohttpRequest()) as bot:
        yield TelegramOut(Delivery(bot), Pace())


@pytest.fixture
def leaving(answering: Answering, out: TelegramOut) -> Inflow:
    return Inflow("telegram", answering, out)


@pytest.fixture
def says(api: BotApi, leaving: Inflow) -> Taking:
    """What the resident is shown after a path, or a message that is taken up again."""

    keys = count()

    async def say(path: str = "") -> list[Message]:
        shown = len(api.person(1).messages)
        if path:
            key = f"{path}-{next(keys)}"
            await leaving.take([Incoming("telegram", key, "1", Said(path=path), {"path": path})])
        else:
            await leaving.recover()
        await leaving.drain(10)
        return api.person(1).messages[shown:]

    return say


@pytest.fixture
async def mine(school: School, resident: Callable[[int], Visitor]) -> str:
    """The path of a seat, of somebody who hasn't heard yet of courses that were closed."""
    kept = await school.opens(title="라떼아트", term="2027-H1")
    await resident(1).registers(kept)
    closed = [await opens_apart(school, 7 + number, title) for number, title in enumerate(TITLES)]
    for course in closed:
        await resident(1).goes_to(f"forms/enroll/{course}")
        await resident(1).submits(course)
    for course in closed:
        await owes_a_closed_course(school, course)
    return f"mine/{(await school.live(kept))[0]}"


async def opens_apart(school: School, hour: int, title: str) -> int:
    hours = {"start_time": school.time(hour), "end_time": school.time(hour, 50)}
    return await school.opens(title=title, term_limit=0, start_date=school.day(2026, 12, 9), **hours)


async def waiting(school: School) -> int:
    """How many notices officers see as not reached."""
    return len(await school.database.read(lambda tx: backlog.with_outcome(tx, "unreached")))


async def test_many_words_come_before_the_file_and_nothing_is_lost(school: School, says: Taking, mine: str):
    *before, file = await says(f"{mine}/calendar")
    told = "\n".join(message.text for message in before)
    assert [title for title in TITLES if title not in told] == []
    assert "달력 파일이에요" in told
    assert file.document
    assert (file.text, "내 신청 보기" in file.labels) == ("", True)
    assert await waiting(school) == 0


async def test_a_short_text_stays_with_its_file(school: School, says: Taking, resident: Callable[[int], Visitor]):
    await resident(1).registers(await school.opens())
    (file,) = await says("mine/1/calendar")
    assert (file.document is not None, "달력 파일이에요" in file.text) == (True, True)


async def test_what_is_refused_for_good_is_excused_listed_and_told_the_next_time(
    school: School, api: BotApi, says: Taking, mine: str
):
    api.fail("sendMessage", 400, description="Bad Request: message is too long")
    (excuse,) = await says(f"{mine}/calendar")
    assert excuse.text.startswith("죄송해요. 답을 여기에 보여 드리지 못했어요.")
    assert ("02-000-0000" in excuse.text, excuse.labels) == (True, ["처음 메뉴"])
    listed = "\n".join(await school.asks(owed.show, True))
    assert "보여 드리지 못한 답" in listed
    assert re.search(r"홍길동 .* 010-0000-0001 ", listed.partition("보여 드리지 못한 답")[2])
    assert await waiting(school) == len(TITLES)
    assert TITLES[0] in "".join(message.text for message in await says("menu"))
    assert await waiting(school) == 0


@pytest.mark.on_both
async def test_who_blocks_us_meanwhile_finds_it_when_they_come_back(
    school: School, api: BotApi, says: Taking, mine: str
):
    api.person(1).blocks(silently=True)
    assert await says(mine) == []
    assert await waiting(school) == len(TITLES)
    api.person(1).unblocks(silently=True)
    await school.database.write(lambda tx: tx.execute(update(addresses).values(unreachable=False)))
    assert TITLES[0] in "".join(message.text for message in await says(mine))


async def test_what_waits_for_its_turn_is_not_told_yet_nor_twice(
    school: School, api: BotApi, says: Taking, mine: str, out: TelegramOut
):
    api.fail("sendMessage", 429, retry_after=60)
    assert await says(mine) == []
    assert await waiting(school) == len(TITLES)
    assert TITLES[0] not in "".join(message.text for message in await says("menu"))
    school.now += timedelta(minutes=2)
    out._free_at.clear()  # as two minutes do
    out._pace._chats.clear()
    assert TITLES[0] in "".join(message.text for message in await says())
    assert await waiting(school) == 0
    assert [row.unreachable for row in await school.rows(select(addresses.c.unreachable))] == [False]

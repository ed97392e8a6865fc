"""What is new reaches the pages that are open."""

import asyncio

import httpx
import pytest
from sqlalchemy import select

from bot.channels.web import live
from storage import inbox
from storage.tables import inbox as table
from tests.support.domain import MONDAY
from tests.support.web.site import Site
from tests.support.web.visitors import Visitor


async def test_what_is_said_on_one_tab_is_pushed_to_the_other(visitor: Visitor) -> None:
    async with visitor.listening() as other_tab, asyncio.timeout(live.LOOK / 2):
        told = await visitor.tells("바리스타")
        greeting, heard = await other_tab.event(), await other_tab.event()
    assert "data-start" in greeting["html"]
    assert heard["id"] == told["id"]
    assert heard["html"].strip() in told["html"]


async def test_a_stream_goes_on_after_the_last_message_that_was_received(visitor: Visitor) -> None:
    await visitor.tells("강좌")
    received = await visitor.tells("문의")
    await visitor.tells("도움말")
    async with visitor.listening(after=0, Last_Event_ID=str(received["id"])) as stream:
        assert (await stream.hears()).said == "도움말"


async def test_nobody_hears_what_a_neighbour_says(visitor: Visitor, neighbour: Visitor) -> None:
    async with neighbour.listening() as stream:
        await visitor.tells("비밀")
        await neighbour.tells("강좌")
        assert [(await stream.hears()).said for _ in range(2)] == ["", "강좌"]


async def test_an_answer_by_another_process_is_pushed_too(
    site: Site, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK", 0.05)
    told = await visitor.tells("강좌")
    async with visitor.listening(after=told["id"]) as stream:
        await answer_elsewhere(site)
        assert "늦은 답" in (await stream.hears()).reply


async def test_a_quiet_stream_shows_that_it_lives(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", 0.05)
    async with visitor.http.stream("GET", "/events") as answer:
        lines = answer.aiter_lines()
        assert [await anext(lines) for _ in range(4)] == ["retry: 3000", "", ":", ""]


async def test_streams_end_at_once_when_the_chat_closes(site: Site, visitor: Visitor) -> None:
    async with visitor.listening() as stream, asyncio.timeout(1):
        site.chat.close()
        assert await stream.ends()
    async with visitor.listening() as late:
        assert late.status == 429


async def test_a_session_has_four_streams_at_most_and_gets_a_place_back(site: Site, visitor: Visitor) -> None:
    streams = [visitor.listening() for _ in range(5)]
    assert [(await stream.__aenter__()).status for stream in streams] == [200, 200, 200, 200, 429]
    for stream in streams:
        await stream.__aexit__(None, None, None)
    async with asyncio.timeout(2):
        while site.chat._live.streams:
            await asyncio.sleep(0.01)
    async with visitor.listening() as again:
        assert again.status == 200


async def test_without_a_session_there_is_nothing_to_hear(site: Site) -> None:
    async with httpx.AsyncClient() as http:
        assert (await http.get(f"{site.url}/events")).status_code == 403


async def answer_elsewhere(site: Site) -> None:
    address = await site.database.read(lambda tx: tx.execute(select(table.c.address)).scalars().first())
    await site.database.write(lambda tx: inbox.store(tx, [("web", "late", address, {"text": "늦게"})], MONDAY, MONDAY))
    await site.database.write(lambda tx: inbox.settle(tx, "web", "late", MONDAY, {"text": "늦은 답"}))

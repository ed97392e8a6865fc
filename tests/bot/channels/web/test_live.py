"""What is new reaches the pages that are open."""

import asyncio
from unittest.mock import ANY

import httpx
import pytest
from sqlalchemy import select

from bot.channels.web import live
from storage.dialogue import inbox
from storage.tables import inbox as table
from tests.support.domain import MONDAY, School
from tests.support.kakao.owing import owes_a_closed_course
from tests.support.waiting import PATIENCE, until
from tests.support.web.site import Site
from tests.support.web.visitors import WebVisitor


async def test_what_is_said_on_one_tab_is_pushed_to_the_other(
    web_visitor: WebVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK", 2 * PATIENCE)
    async with web_visitor.listening() as other_tab, asyncio.timeout(PATIENCE):
        told = await web_visitor.tells("바리스타")
        greeting, heard = await other_tab.event(), await other_tab.event()
    assert "data-start" in greeting["html"]
    assert heard["id"] == told["id"]
    assert heard["html"].strip() in told["html"]


async def test_a_stream_goes_on_after_the_last_message_that_was_received(web_visitor: WebVisitor) -> None:
    await web_visitor.tells("강좌")
    received = await web_visitor.tells("문의")
    await web_visitor.tells("도움말")
    async with web_visitor.listening(after=0, Last_Event_ID=str(received["id"])) as stream:
        assert (await stream.hears()).said == "도움말"


async def test_nobody_hears_what_a_neighbour_says(web_visitor: WebVisitor, neighbour: WebVisitor) -> None:
    async with neighbour.listening() as stream:
        await web_visitor.tells("비밀")
        await neighbour.tells("강좌")
        assert [(await stream.hears()).said for _ in range(2)] == ["", "강좌"]


async def test_an_answer_by_another_process_is_pushed_too(
    site: Site, web_visitor: WebVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK", 0.05)
    told = await web_visitor.tells("강좌")
    async with web_visitor.listening(after=told["id"]) as stream:
        await answer_elsewhere(site)
        assert "늦은 답" in (await stream.hears()).reply


async def test_a_quiet_stream_shows_that_it_lives(web_visitor: WebVisitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", 0.05)
    async with web_visitor.http.stream("GET", "/events") as answer:
        lines = answer.aiter_lines()
        assert [await anext(lines) for _ in range(4)] == ["retry: 3000", "", ":", ""]


async def test_streams_end_at_once_when_the_chat_closes(
    site: Site, web_visitor: WebVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", 2 * PATIENCE)
    async with web_visitor.listening() as stream, asyncio.timeout(PATIENCE):
        site.chat.close()
        assert await stream.ends()
    async with web_visitor.listening() as late:
        assert late.status == 429


async def test_a_session_has_four_streams_at_most_and_gets_a_place_back(site: Site, web_visitor: WebVisitor) -> None:
    streams = [web_visitor.listening() for _ in range(5)]
    assert [(await stream.__aenter__()).status for stream in streams] == [200, 200, 200, 200, 429]
    for stream in streams:
        await stream.__aexit__(None, None, None)
    await until(lambda: not site.chat._live.streams)
    async with web_visitor.listening() as again:
        assert again.status == 200


async def test_without_a_session_there_is_nothing_to_hear(site: Site) -> None:
    async with httpx.AsyncClient() as http:
        assert (await http.get(f"{site.url}/events")).status_code == 403


async def answer_elsewhere(site: Site) -> None:
    address = await site.database.read(lambda tx: tx.execute(select(table.c.address)).scalars().first())
    await site.database.write(lambda tx: inbox.store(tx, [("web", "late", address, {"text": "늦게"})], MONDAY, MONDAY))
    await site.database.write(lambda tx: inbox.settle(tx, "web", "late", MONDAY, {"text": "늦은 답"}))


async def test_what_is_due_to_somebody_who_has_the_page_open_is_told_there_at_once_on_each_tab_once(
    site: Site, web_visitor: WebVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK", 0.05)
    await web_visitor.fills_in()
    last = await web_visitor.tells("이대로 신청하기")
    both = [web_visitor.listening(after=last["id"]) for _ in range(2)]
    async with both[0] as one_tab, both[1] as other_tab:
        await owes_a_closed_course(School(site.database), 1)
        told = [await one_tab.event(), await other_tab.event()]
        asked = await web_visitor.tells("도움말", after=str(told[0]["id"]))
        assert [await tab.event() for tab in (one_tab, other_tab)] == [asked | {"html": ANY}] * 2
    assert told[0] == told[1]
    assert told[0]["html"].count("열리지 않게 되었어요") == 1
    assert "열리지 않게 되었어요" not in asked["html"]


async def test_what_is_due_does_not_greet_anew_in_the_middle_of_a_form(
    site: Site, web_visitor: WebVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK", 0.05)
    await web_visitor.fills_in()
    await web_visitor.tells("이대로 신청하기")
    await School(site.database).changes(1, state="cancelled")
    last = await web_visitor.tells("꽃차소믈리에")
    last = await web_visitor.tells("신청하기", after=str(last["id"]))
    async with web_visitor.listening(after=last["id"]) as tab:
        await owes_a_closed_course(School(site.database), 1)
        told = await tab.hears()
    assert ("안녕하세요" in told.reply, "쓰던 신청 이어서 하기" in told.buttons) == (False, True)

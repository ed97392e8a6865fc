"""Personal questions on a page of ours: from Telegram to the page and back, with Telegram's double."""

import asyncio
import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.messages.inflow import Inflow
from storage.tables import inbox
from tests.support.domain import PERSON
from tests.support.web.own_pages import ON_PAGE, link_in, serving_pages

pytestmark = [
    pytest.mark.on_sqlite,
    pytest.mark.filterwarnings("ignore:Please use 'Bot"),
    pytest.mark.parametrize("settings", [ON_PAGE], ids=["on a page"]),
]


@pytest.fixture
def fills_in(school, taking):
    """Opens a course, goes to the page that the chat leads to, and writes and sends everything there."""

    async def fill_in(person):
        await person.asks(f"/start c{await school.opens()}")
        shown = await person.taps("신청하기")
        async with serving_pages(school) as pages:
            holder = pages.holder()
            await holder.fills_in(link_in(shown.text))
            await holder.presses("이대로 신청하기")

    return fill_in


async def test_the_chat_leads_to_the_page_and_gets_the_receipt(taking, stranger, fills_in, all_taken):
    await fills_in(stranger)
    assert "신청에 필요한 것은" in stranger.screen.text
    await taking._inflow.recover()
    await all_taken()
    assert "자리가 정해졌어요" in stranger.screen.text
    assert "바리스타 2급" in (await stranger.taps("내 신청 보기")).text


async def test_a_receipt_whose_process_died_is_sent_by_the_next_and_by_ten_others_not_again(
    answering, taking, stranger, fills_in, all_taken
):
    await fills_in(stranger)
    before = len(stranger.messages)
    others = [Inflow("telegram", answering, taking._inflow._deliverer) for _ in range(10)]
    await asyncio.gather(*(each.recover() for each in others))
    await asyncio.gather(*(each.drain(5) for each in others))
    assert len(stranger.messages) == before + 1


async def test_nothing_personal_is_ever_sent_to_telegram(api, taking, stranger, fills_in, all_taken):
    await fills_in(stranger)
    await taking._inflow.recover()
    await all_taken()
    sent = json.dumps([call.params for call in api.ledger.calls], ensure_ascii=False, default=str)
    assert "자리가 정해졌어요" in sent
    assert [told for told in (*PERSON.values(), "0000-0001", "1000000001") if told in sent] == []


async def test_a_link_on_a_public_address_is_a_button(school, stranger, taking, answering, monkeypatch):
    public = replace(answering.organization, public_url="https://learn.example.org")
    monkeypatch.setattr(answering, "organization", public)
    await stranger.asks(f"/start c{await school.opens()}")
    shown = await stranger.taps("신청하기")
    assert shown.button("적으러 가기")["url"].startswith("https://learn.example.org/once/form/")
    before = shown.button("적으러 가기")["url"]
    await stranger.taps("새 링크 받기")
    assert stranger.screen.message_id == shown.message_id
    assert stranger.screen.button("적으러 가기")["url"] != before


async def test_what_is_typed_there_is_told_to_be_left_out(school, stranger, taking):
    await stranger.asks(f"/start c{await school.opens()}")
    await stranger.taps("신청하기")
    assert "저장하지 않았어요" in (await stranger.asks("홍길동 1983")).text
    assert "저장하지 않았어요" in (await stranger.asks("010-0000-0001")).text
    bodies = [row.body for row in await school.rows(select(inbox.c.body).where(inbox.c.settled_at.is_not(None)))]
    assert [body for body in bodies if "홍길동" in f"{body}" or "0001" in f"{body}"] == []

"""What a word costs in the web chat doesn't depend on how many were said before it."""

import json
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.web import visitor as session
from bot.channels.web.service import WebChat
from bot.http.limits import Rates
from bot.messages.answering import Answering
from storage.keys.sealing import Seal
from tests.support.web.visitors import WebVisitor

pytestmark = pytest.mark.on_sqlite

MUCH = Rates(per_minute=1e6, burst=10**6)


@pytest.fixture
def chat(school, settings):
    return WebChat(Answering(school.database, settings.to_organization(), lambda: school.now), MUCH, MUCH)


@pytest.fixture
async def chatter(chat):
    """Somebody who has said something already."""
    somebody = WebVisitor("http://127.0.0.1:8080")
    site = httpx.ASGITransport(app=Starlette(routes=chat.routes()))
    somebody.http = httpx.AsyncClient(transport=site, base_url="http://127.0.0.1:8080", follow_redirects=True)
    await somebody.opens()
    await somebody.says("도움말")
    yield somebody
    await somebody.leaves()


@pytest.fixture
def unsealed(monkeypatch) -> Iterator[list[bytes]]:
    """What was unsealed since it was last cleared."""
    opened, unseal = [], Seal.open
    monkeypatch.setattr(Seal, "open", lambda seal, sealed: opened.append(sealed) or unseal(seal, sealed))
    return opened


async def cost(chatter, unsealed, others, **said):
    """How many values are unsealed for one message after so many others."""
    for number in range(others):
        last = await chatter.tells(f"{others}의 말 {number}")
    unsealed.clear()
    answer = await chatter.posts({"Accept": "application/json"}, after=str(last["id"]), **said)
    assert answer.status_code == 200
    return len(unsealed)


async def test_a_word_unseals_what_is_answered_and_the_screen_before_it(chatter, unsealed):
    costs = [await cost(chatter, unsealed, others, text="강좌") for others in (2, 40)]
    assert costs == [3, 3]


async def test_what_was_never_offered_is_looked_for_on_one_page_and_no_further(chatter, unsealed):
    costs = [await cost(chatter, unsealed, others, text=None, path=f"courses/9{others}") for others in (60, 10)]
    assert costs == [52, 52]


@pytest.mark.on_both
async def test_a_stream_unseals_what_it_pushes_and_nothing_twice(chat, chatter, unsealed):
    for number in range(10):
        last = await chatter.tells(f"말 {number}")
    told = await chatter.tells("강좌")
    bell = chat._live.open(address_of(chatter), "", is_stranger=False)
    events = chat._events(address_of(chatter), "ko", last["id"], bell)
    await anext(events)
    unsealed.clear()
    event = await anext(events)
    chat.close()
    assert [event async for event in events] == []
    assert json.loads(event.partition("data: ")[2])["id"] == told["id"]
    assert len(unsealed) == 2


def address_of(chatter):
    return session.Visitor(chatter.http.cookies[session.NAME].partition(".")[0]).address

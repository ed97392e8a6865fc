"""AlimTalk as a part of the application: its way, its price, its route, and how it ends."""

import asyncio

import httpx
import pytest
from pydantic import SecretStr

from bot.app import App
from bot.sections import AlimTalk
from bot.settings import Settings
from bot.ways import opening
from bot.ways.solapi import service
from tests.support.solapi import CHANNEL, HOOK, KEY, SECRET
from tests.support.waiting import until

pytestmark = pytest.mark.on_sqlite
SECTION = AlimTalk(
    api_key=SecretStr(KEY), api_secret=SecretStr(SECRET), channel=CHANNEL, webhook_secret=SecretStr(HOOK), price="12.5"
)


async def test_it_is_on_when_its_section_is_there_and_costs_what_that_says(school):
    (found,) = opening.senders(Settings(alimtalk=SECTION), school.database, lambda: school.now)
    assert (found.name, found.way.price, found.way.tells_later) == ("alimtalk", 1250, True)
    assert opening.senders(Settings(), school.database, lambda: school.now) == []


async def test_the_application_takes_results_and_knows_the_way(school):
    app = App(Settings(alimtalk=SECTION), school.database)
    assert list(app._courier._ways) == ["alimtalk"]
    transport = httpx.ASGITransport(app._site())
    async with httpx.AsyncClient(transport=transport, base_url="http://learn.example.kr") as dealer:
        told = [
            await dealer.post("/alimtalk/results", json=[], headers={"X-Solapi-Secret": each}) for each in (HOOK, "")
        ]
        assert [each.status_code for each in told] == [200, 401]
        assert (await dealer.get("/alimtalk/results")).status_code == 405


async def test_what_hangs_at_the_end_does_not_hold_it_up(mailing, monkeypatch):
    monkeypatch.setattr(service, "FINISHING", 0.1)
    await mailing.owes(1)
    mailing.dealer.fail("send", "timeout")
    delivering = asyncio.create_task(mailing.delivers())
    await until(lambda: mailing.dealer.faults.struck)
    await asyncio.wait_for(mailing.service.stop(), 5)
    await delivering
    assert [outcome for outcome, *_ in await mailing.outcomes()] == ["unknown"]

"""Somebody who has written to the bot, whose updates are taken by the channel in this process."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from telegram import Bot

from bot.channels.telegram.client import Delivery
from bot.channels.telegram.http import AiohttpRequest
from bot.channels.telegram.receiving import TelegramIn
from bot.channels.telegram.sending import TelegramOut
from bot.messages import screens
from bot.messages.answering import Answering
from bot.messages.inflow import Inflow
from bot.messages.pace import Pace
from tests.support.botapi import BotApi, Person, people
from tests.support.waiting import PATIENCE


@pytest.fixture(autouse=True)
async def _chat(api: BotApi) -> None:
    await api.person(1).says("/start")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """People here read in no time, and what is shown counts as read at once."""
    monkeypatch.setattr(people, "READS", 0.0)
    monkeypatch.setattr(people, "APART", 0.0)
    monkeypatch.setattr(screens, "UNREAD", 0.0)
    monkeypatch.setattr(screens, "SECOND_TAP", 0.0)


@pytest.fixture
def begun() -> list[asyncio.Task[None]]:
    """Each update that is being taken."""
    return []


@pytest.fixture
async def taking(api: BotApi, answering: Answering, begun: list[asyncio.Task[None]]) -> AsyncIterator[TelegramIn]:
    """The channel: every update is taken as soon as it is there."""
    async with Bot(api.token, base_url=f"{api.url}/bot", request=AiohttpRequest()) as bot:
        delivery = Delivery(bot)
        inflow = Inflow("telegram", answering, TelegramOut(delivery, Pace()))
        taking = TelegramIn(inflow, delivery, answering.database, answering.organization)
        taking.username = str(api.me["username"])
        api.updates.arrived = lambda update: begun.append(asyncio.create_task(taking.take([update])))

        async def settled() -> None:
            await asyncio.gather(*begun)
            await asyncio.gather(*taking._begun)
            await inflow.drain(PATIENCE)

        api.settled = settled
        yield taking
        await settled()


@pytest.fixture
def all_taken(taking: TelegramIn, api: BotApi) -> Callable[[], Awaitable[None]]:
    """Returns when everything that came so far has had its effect and its answer."""
    assert api.settled
    return api.settled


@pytest.fixture
def stranger(api: BotApi, taking: TelegramIn) -> Person:
    return api.person(2)

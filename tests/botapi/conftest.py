"""The double, and python-telegram-bot's own client pointed at it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.channels.telegram.http import AiohttpRequest
from tests.botapi import BotApi, Person


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it making a RetryAfter warns, and warnings are errors here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as started:
        yield started


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with a_bot(api) as ready:
        yield ready


@pytest.fixture
async def resident(api: BotApi) -> Person:
    """Someone who has started the bot; that first message is out of the way."""
    person = api.person(5001)
    await person.says("/start")
    api.updates.pending.clear()
    return person


def a_bot(api: BotApi, token: str | None = None) -> Bot:
    return Bot(
        token or api.token,
        base_url=f"{api.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=4),
    )

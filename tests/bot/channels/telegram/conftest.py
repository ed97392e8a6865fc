"""Somebody who has written to the bot: they have the chat 1, which can be written to."""

import pytest

from tests.support.botapi import BotApi


@pytest.fixture(autouse=True)
async def _chat(api: BotApi) -> None:
    await api.person(1).says("/start")

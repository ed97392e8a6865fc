"""People before the double."""

import pytest

from tests.support.botapi import BotApi, Person


@pytest.fixture
async def person(api: BotApi) -> Person:
    """Someone who has started the bot; that first message is out of the way."""
    person = api.person(5001)
    await person.says("/start")
    api.updates.pending.clear()
    return person

"""A busy day at the console."""

import pytest

from bot.console.signing import secrets
from tests.support.console.counter import counter_of
from tests.support.console.https import HOST
from tests.support.console.signing import link_of
from tests.support.counseling.centre import Centre, books


@pytest.fixture
async def busy(school, office, resident, visitor):
    """A course with somebody in it, a talk, surveys, and a word that found nothing."""
    await resident(1).registers(await school.opens(code="T1"))
    await Centre(school).opens()
    await books(visitor("r7"))
    await visitor("r9").says("가죽")
    return school


@pytest.fixture
def quickly(monkeypatch):
    """Argon2id with as little memory as it takes."""
    monkeypatch.setattr(secrets, "MEMORY", 8 * secrets.LANES)
    monkeypatch.setattr(secrets, "ITERATIONS", 1)


@pytest.fixture
async def link(school):
    """The path of the one-time link of a new account."""
    return await link_of(school)


@pytest.fixture
async def secure(school):
    """The console over https at a name, where keys can be used."""
    async with counter_of(school, f"https://{HOST}") as opened:
        yield opened

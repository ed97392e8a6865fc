"""A busy day at the console."""

from datetime import date

import pytest

from bot.console.signing import secrets
from storage.year import entries
from storage.year.entries import Participation, Problem, Promotion
from tests.support.console.counter import counter_of
from tests.support.console.https import HOST
from tests.support.console.owner import keyed
from tests.support.console.signing import link_of
from tests.support.counseling.centre import Centre, books
from tests.support.year import policy


@pytest.fixture
async def busy(school, office, resident, visitor):
    """A course with somebody in it, a talk, surveys, a word that found nothing, and a year that is reported."""
    await resident(1).registers(await school.opens(code="T1"))
    await Centre(school).opens()
    await books(visitor("r7"))
    await visitor("r9").says("가죽")
    await school.database.write(year_of_today)
    return school


def year_of_today(tx):
    """Something of each sort that officers enter of a year."""
    told = Participation(0, 2026, "press", (date(2026, 3, 28),), None, 1, "모집", "신문", "https://news.example.org", 1)
    shown = Promotion(0, 2026, date(2026, 3, 2), "소식지", "모집 안내", "", "done")
    policy.enter(tx, [policy.past(2026, 1, "꽃차")])
    entries.save(tx, [told, shown, Problem(0, 2026, "좁음", "옮김", "running")])


@pytest.fixture
async def at_course(counter, school):
    """At the desk of a course with two seats."""
    await school.opens(code="T1", capacity=2)
    return await counter.officer()


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


@pytest.fixture
async def keyholder(secure, school):
    """An officer who has a passkey."""
    return await keyed(secure, school)

"""What tests of several rooms stand before: the clock, the offices of the district, and Telegram."""

from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio
from telegram import Bot

from bot.messages.answering import Answering
from bot.settings import Settings
from storage.database import Database
from storage.jobs.posting import SourcedPosting
from tests.support.botapi import BotApi
from tests.support.botapi.clients import a_bot
from tests.support.clock.clockwork import Clockwork
from tests.support.console.counter import Counter, counter_of
from tests.support.counseling.centre import Centre
from tests.support.domain import School, Visitor
from tests.support.notices.districts import district, people_of
from tests.support.postings import board as boards
from tests.support.postings.board import Board
from tests.support.postings.market import Market
from tests.support.service import process
from tests.support.service.nursery import Nursery
from tests.support.surveys.poll import Office, standard


@pytest.fixture(scope="session", autouse=True)
def _nursery() -> Iterator[None]:
    """Services are forked from a process that has loaded the program; it begins with the first of them."""
    begun: list[Nursery] = []

    def nursery() -> Nursery:
        if not begun:
            begun.append(Nursery())
        return begun[0]

    process.nursery = nursery
    yield
    process.nursery = None
    for each in begun:
        each.end()


@pytest_asyncio.fixture
async def counter(school: School) -> AsyncIterator[Counter]:
    """The officers' console, in this process."""
    async with counter_of(school) as opened:
        yield opened


@pytest.fixture
def clock(school: School, settings: Settings) -> Clockwork:
    """Turned by tests; keeps every notice as it was sent."""
    return Clockwork(school, settings)


@pytest_asyncio.fixture
async def office(school: School) -> Office:
    """Has brought in the standard surveys."""
    office = Office(school)
    await office.imports(standard())
    return office


@pytest_asyncio.fixture
async def centre(school: School) -> Centre:
    """Counselor A is there on Tuesdays and Thursdays from ten to twelve."""
    centre = Centre(school)
    await centre.opens()
    return centre


@pytest.fixture
def reachable(school: School) -> Callable[..., Visitor]:
    """reachable("1", "kakao"): somebody where KakaoTalk and numbers are written to."""
    return people_of(school, district(event=True, alimtalk=True))


@pytest.fixture
def market(school: School) -> Market:
    """Job postings beside the school."""
    return Market(school)


@pytest.fixture
def board(database: Database) -> Board:
    """What is known of postings, whose sources tests let speak."""
    return Board(database)


@pytest.fixture
def row() -> Callable[..., SourcedPosting]:
    return boards.row


@pytest.fixture
def elsewhere() -> Callable[..., SourcedPosting]:
    return boards.elsewhere


@pytest_asyncio.fixture
async def api() -> AsyncIterator[BotApi]:
    """The double of Telegram's Bot API."""
    async with BotApi() as started:
        yield started


@pytest_asyncio.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    """The library's client before the double."""
    async with a_bot(api) as ready:
        yield ready


@pytest.fixture
def answering(school: School, settings: Settings) -> Answering:
    return Answering(school.database, settings.to_organization(), lambda: school.now)

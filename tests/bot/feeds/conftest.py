"""Sources of postings on a local server, and who gathers from them."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from bot.feeds.gathering import Gathering
from bot.sections import Jobs
from tests.support.domain import SEOUL
from tests.support.postings.board import Board
from tests.support.postings.sources import KEY, Sources


@pytest_asyncio.fixture
async def source() -> AsyncIterator[Sources]:
    async with Sources() as started:
        yield started


@pytest.fixture
def gather(board: Board, source: Sources) -> Callable[..., Gathering]:
    """gather() has 고용24 alone, gather(seoul="xml") 서울시 alone."""

    def make(seoul: str = "", **work24: Any) -> Gathering:
        feed = {
            "seoul": {"key": KEY, "url": source.url, "format": seoul, "posting_url": "https://example.invalid/{no}"}
        }
        jobs = feed if seoul else {"work24": {"key": KEY, "url": f"{source.url}/list", **work24}}
        settings = Jobs.model_validate(jobs)
        return Gathering(board.database, settings, SEOUL, lambda: board.now, source.manners)

    return make

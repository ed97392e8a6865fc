"""A half-year that tests fill with courses."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.support.domain import School
from tests.support.year.half_year import HalfYear


@pytest_asyncio.fixture
async def reported(school: School) -> AsyncIterator[object]:
    """reported(work) does it with a half-year, in one transaction, and gives what comes of it."""

    async def told(work):  # type: ignore[no-untyped-def]
        return await school.database.write(lambda tx: work(HalfYear(tx)))

    yield told

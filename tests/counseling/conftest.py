"""A job centre with two counselors, and the clock that tests turn."""

import pytest_asyncio

from tests.clock.conftest import clock  # noqa: F401
from tests.counseling.centre import Centre
from tests.domain import School


@pytest_asyncio.fixture
async def centre(school: School) -> Centre:
    """Counselor A is there on Tuesdays and Thursdays from ten to twelve."""
    centre = Centre(school)
    await centre.opens()
    return centre

"""A district of which all is entered that its policy sheet says."""

from datetime import datetime

import pytest_asyncio

from tests.support.domain import SEOUL, School
from tests.support.year import policy


@pytest_asyncio.fixture
async def policy_district(school: School) -> School:
    """At the beginning of 2024."""
    school.now = datetime(2024, 1, 10, 9, tzinfo=SEOUL)
    await school.database.write(policy.enter)
    return school

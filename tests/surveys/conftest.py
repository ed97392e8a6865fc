"""A district that has brought in the standard surveys."""

import pytest_asyncio

from tests.domain import School
from tests.surveys.poll import Office, standard


@pytest_asyncio.fixture
async def office(school: School) -> Office:
    office = Office(school)
    await office.imports(standard())
    return office

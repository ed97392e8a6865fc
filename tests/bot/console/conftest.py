"""A busy day at the console."""

import pytest

from tests.support.counseling.centre import Centre, books


@pytest.fixture
async def busy(school, office, resident, visitor):
    """A course with somebody in it, a talk, surveys, and a word that found nothing."""
    await resident(1).registers(await school.opens(code="T1"))
    await Centre(school).opens()
    await books(visitor("r7"))
    await visitor("r9").says("가죽")
    return school

"""Clerks who bring answers in: papers of a course, and exports of another form."""

import pytest

from tests.support.surveys.desk import Clerk


@pytest.fixture
async def papers(school, office, tmp_path):
    """A clerk with the papers of a course of thirty whose survey is open; `round_id` is its round."""
    clerk = Clerk(school, tmp_path, "만족도조사", "26-01")
    clerk.round_id = await office.opens(await office.seats(await school.opens(code="26-01"), 30))
    return clerk


@pytest.fixture
async def forms(school, office, tmp_path):
    """A clerk with exports of another form that asked for needs."""
    clerk = Clerk(school, tmp_path, "수요조사")
    clerk.round_id = (await office.round("수요조사")).id
    return clerk

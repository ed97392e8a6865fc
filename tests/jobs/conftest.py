"""A school beside a job market."""

import pytest

from tests.clock.conftest import clock
from tests.domain import School
from tests.jobs.market import Market

__all__ = ["clock"]


@pytest.fixture
def market(school: School) -> Market:
    return Market(school)

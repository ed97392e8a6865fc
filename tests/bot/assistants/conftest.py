"""An assistant before the school."""

import pytest

from tests.support.assistants import Assistant, site, within
from tests.support.domain import School


@pytest.fixture
def assistant(school: School) -> Assistant:
    return within(site(school))

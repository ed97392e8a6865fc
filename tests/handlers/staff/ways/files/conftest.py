"""An officer with a sender that takes files, and three people who were told in vain."""

import pytest

from handlers.staff.ways.files.making import MAKE
from tests.support.notices.push_files import KIND, FileDesk


@pytest.fixture
def files(school):
    return FileDesk(school)


@pytest.fixture
async def told_in_vain(files, visitor, clock):
    """Three people with web chats alone; their course."""
    course = await files.missed(*(visitor(f"w{number}") for number in (1, 2, 3)))
    await clock.ticks()
    await clock.ticks()
    return course


@pytest.fixture
async def sent_file(told_in_vain, files):
    await files.does(MAKE, kind=KIND)
    return files

"""Visitors of the web chat, without scripts and in a real browser."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.support.web.browsers import PHONE, Arriving, Resident
from tests.support.web.site import Site, serving, unlimited
from tests.support.web.visitors import WebVisitor


@pytest.fixture
async def web_visitor(site: Site) -> AsyncIterator[WebVisitor]:
    """Somebody who has opened the page."""
    somebody = await WebVisitor(site.url).opens()
    yield somebody
    await somebody.leaves()


@pytest.fixture
async def neighbour(site: Site) -> AsyncIterator[WebVisitor]:
    """Somebody else, with a session of their own."""
    somebody = await WebVisitor(site.url).opens()
    yield somebody
    await somebody.leaves()


@pytest_asyncio.fixture(loop_scope="session")
async def shown_site(sqlite_url: str) -> AsyncIterator[Site]:
    async with serving(sqlite_url, rates=unlimited()) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def arrives(browser: Browser, shown_site: Site) -> AsyncIterator[Arriving]:
    """Somebody opens the page in a browser of their own; at the end its console must have had nothing to say."""
    came: list[Resident] = []

    async def arrive(viewport: dict[str, int] = PHONE, path: str = "/", **context: Any) -> Resident:
        settings = {"viewport": viewport, "reduced_motion": "reduce", "locale": "ko-KR", **context}
        page = await (await browser.new_context(**settings)).new_page()
        came.append(Resident(page))
        await page.goto(shown_site.url + path)
        return came[-1]

    yield arrive
    for resident in came:
        await resident.page.context.close()
    assert [resident.complaints for resident in came if resident.complaints] == []

"""The page of costs and the forms with the consent to be told at one's number, in a real browser."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from storage.engine.opening import open_database
from storage.tables import dispatches
from tests.support.console.sitting import sitting
from tests.support.domain import MONDAY, SEAL, School
from tests.support.notices.districts import district
from tests.support.web.browsers import DESK, IN_BROWSER, PHONE, Resident

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]


@pytest_asyncio.fixture(loop_scope="session")
async def payer(browser: Browser, sqlite_url: str) -> AsyncIterator[Resident]:
    """Signed in where messages cost money, and some was spent."""
    database = await open_database(sqlite_url, SEAL)
    school = School(database)
    await school.opens(code="T1")
    ways = (("kakao", 1650, False), ("alimtalk", 1300, False), ("alimtalk", 1800, True), ("file", 500, False))
    rows = [
        {"kind": "closed", "way": way, "cost": cost, "is_text": text, "started_at": MONDAY - timedelta(days=day)}
        for day in range(20)
        for way, cost, text in ways
    ]
    await database.write(lambda tx: tx.execute(dispatches.insert(), rows))
    settings = district(event=True, alimtalk=True, file=True, monthly_ceiling=1200)
    async with sitting(browser, school, settings) as someone:
        yield someone
    await database.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["/desk/messages/costs", "/desk/register?course=T1", "/desk/messages", "/desk/"])
async def test_axe_finds_nothing_and_nobody_scrolls_sideways(payer, path, viewport):
    await payer.page.set_viewport_size(viewport)
    await payer.page.goto(path)
    await payer.is_photographed(f"costs-{path.strip('/').replace('/', '-').split('?')[0]}-{viewport['width']}")
    assert (await payer.violations(), await payer.overflow(), payer.complaints) == ([], 0, [])

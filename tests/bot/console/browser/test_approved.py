"""Texts that senders have to approve, in a real browser: for everybody, on a desk and on a phone."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.sections import Pushing
from storage.engine.opening import open_database
from tests.support.console.sitting import sitting
from tests.support.domain import SEAL, SETTINGS, School
from tests.support.web.browsers import DESK, IN_BROWSER, PHONE, Resident

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]
WITH_FILE = SETTINGS.model_copy(update={"pushes": Pushing(file=True)})


@pytest_asyncio.fixture(loop_scope="session")
async def lead_of_sender(browser: Browser, sqlite_url: str) -> AsyncIterator[Resident]:
    """The lead of a district whose own sender takes a file."""
    database = await open_database(sqlite_url, SEAL)
    async with sitting(browser, School(database), WITH_FILE) as someone:
        yield someone
    await database.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_what_is_approved_is_written_down_and_undone_by_everybody(lead_of_sender, viewport):
    page = lead_of_sender.page
    await page.set_viewport_size(viewport)
    await page.goto("/desk/messages")
    await page.get_by_role("link", name="승인 템플릿").click()
    await page.get_by_label("안내", exact=True).select_option("자리 제안")
    await page.get_by_label("템플릿 코드").fill("T-001")
    await page.get_by_role("button", name="승인됨").click()
    await page.get_by_text("승인된 것으로 적었습니다").wait_for()
    await page.locator("#offer summary").click()
    await lead_of_sender.is_photographed(f"desk-approved-{viewport['width']}")
    assert (await lead_of_sender.violations(), await lead_of_sender.overflow()) == ([], 0)
    await page.get_by_role("button", name="되돌리기").first.click()
    assert await page.get_by_text("가운데 1가지").count() == 0

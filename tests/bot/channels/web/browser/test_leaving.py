"""Leaving a shared computer, in a real Chromium: no way back shows what was said there."""

import pytest
from playwright.async_api import Page, expect

from tests.support.web.browsers import IN_BROWSER, Arriving, Resident

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]


async def leaves(resident: Resident) -> None:
    page = resident.page
    await page.get_by_role("button", name="이 기기에서 나가기").click()
    await expect(page.locator("#log")).to_contain_text("나가시겠어요")
    await resident.is_photographed("leaving")
    await resident.reads()
    async with page.expect_navigation():
        await resident.button("네, 나갈게요").click()


async def is_empty(page: Page) -> None:
    await expect(page.locator(".turn")).to_have_count(1)
    await expect(page.locator("#log")).not_to_contain_text("비밀")


@pytest.mark.parametrize("with_scripts", [True, False])
async def test_neither_reload_nor_back_shows_what_was_said(arrives: Arriving, with_scripts: bool) -> None:
    resident = await arrives(java_script_enabled=with_scripts)
    page = resident.page
    await page.get_by_role("textbox").fill("나만의 비밀")
    await page.get_by_role("button", name="보내기").click()
    await expect(page.locator("#log")).to_contain_text("나만의 비밀")
    await leaves(resident)
    await page.reload()
    await is_empty(page)
    await page.goto("about:blank")
    for _ in range(1 if with_scripts else 3):
        await page.go_back()
        await is_empty(page)


async def test_other_tabs_of_the_browser_are_emptied_too_and_those_that_went_on(arrives: Arriving) -> None:
    resident = await arrives()
    await resident.says("나만의 비밀")
    other, gone_on = await resident.tab(), await resident.tab()
    await expect(other.page.locator("#log")).to_contain_text("나만의 비밀")
    await gone_on.page.goto("about:blank")
    await leaves(resident)
    await gone_on.page.go_back()
    await is_empty(other.page)
    await is_empty(gone_on.page)


async def test_a_page_that_a_browser_kept_is_loaded_anew(arrives: Arriving) -> None:
    page = (await arrives()).page
    async with page.expect_navigation():
        await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")

"""Residents at a real browser."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.support import lacking
from tests.support.domain import PERSON

# The shell is the same engine without windows: a page of it takes a third of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)
IN_BROWSER = pytest.mark.skipif(PROGRAM is None, reason=lacking.BROWSER)
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = os.environ.get("BAEUMTOK_SCREENSHOTS")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
READING = 1050  # milliseconds
PATIENCE = 30_000  # milliseconds: a busy machine takes long to show what it will show

expect.set_options(timeout=PATIENCE)

_SMALL = """least => [...document.querySelectorAll("a[href], button, input:not([type=hidden])")]
    .filter(each => each.checkVisibility() && !each.matches(".skip"))
    .filter(each => each.closest(".turn:last-child, .composer") || least <= 24)
    .map(each => [each.textContent.trim() || each.id, each.getBoundingClientRect()])
    .filter(([, box]) => box.width < least || box.height < least).map(([name]) => name)"""
_ANSWERED = """last => {
    const turn = document.querySelector(".turn:last-child");
    return Number(turn.dataset.id) > last && !("start" in turn.dataset) && !document.body.matches(".is-sending");
}"""
_COVERED = """each => {
    if (each === document.body || each.matches(".reply")) return false;
    const box = each.getBoundingClientRect();
    return [box.top + 4, box.bottom - 4].some(height => {
        const seen = document.elementFromPoint(box.left + box.width / 2, height);
        return !(seen && (each.contains(seen) || seen.contains(each)));
    });
}"""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        yield browser
        await browser.close()


class Resident:
    """One tab. `complaints` are what the browser's console has against the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def says(self, text: str) -> str:
        await self.page.get_by_role("textbox").fill(text)
        return await self.replied(self.page.keyboard.press("Enter"))

    async def reads(self) -> None:
        """Nobody presses sooner on purpose."""
        await self.page.wait_for_timeout(READING)

    async def presses(self, label: str) -> str:
        """The newest button whose label contains this, once the reply is read."""
        await self.reads()
        return await self.replied(self.button(label).click())

    async def fills_in(self) -> str:
        await self.says("바리스타")
        await self.presses("신청하기")
        reply = await self.presses("동의하고 계속")
        for answer in PERSON.values():
            reply = await self.says(answer)
        return reply

    def button(self, label: str) -> Any:
        return self.page.locator("#log").get_by_role("button", name=label).last

    async def turns(self) -> list[str]:
        return await self.page.locator(".turn").all_inner_texts()

    async def newest(self) -> str:
        return await self.page.locator(".turn").last.inner_text()

    async def tab(self) -> "Resident":
        """Another tab of the same browser."""
        page = await self.page.context.new_page()
        await page.goto(self.page.url.split("#")[0])
        return Resident(page)

    async def violations(self) -> list[str]:
        """What axe-core finds: the rule and where."""
        found = (await Axe().run(self.page)).response["violations"]
        return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]

    async def small_targets(self, least: int) -> list[str]:
        small: list[str] = await self.page.evaluate(_SMALL, least)
        return small

    async def overflow(self) -> int:
        """Pixels that one would have to scroll sideways."""
        script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(await self.page.evaluate(script))

    async def focus(self) -> str:
        """What has the focus, as one would name it."""
        script = "(at => at.matches('.reply') ? 'reply' : (at.textContent.trim() || at.id))(document.activeElement)"
        return " ".join(str(await self.page.evaluate(script)).split())

    async def focus_is_covered(self) -> bool:
        return bool(await (await self.page.evaluate_handle("document.activeElement")).evaluate(_COVERED))

    async def tabs_to(self, name: str) -> None:
        """Press Tab until something with this name has the focus, never on something that can't be seen."""
        await self.reads()
        for _ in range(60):
            await self.page.keyboard.press("Tab")
            assert not await self.focus_is_covered(), f"{await self.focus()} is covered"
            if name in await self.focus():
                return
        raise AssertionError(f"{name} can't be reached by keyboard")

    async def is_photographed(self, name: str) -> None:
        if SCREENSHOTS:
            Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
            await self.page.screenshot(path=str(Path(SCREENSHOTS) / f"{name}.png"))

    async def replied(self, sending: Awaitable[Any]) -> str:
        """What stands at the end once an answer to this has come."""
        turns = self.page.locator(".turn[id^=m]")
        last = await turns.last.get_attribute("data-id") if await turns.count() else "0"
        await sending
        await self.page.wait_for_function(_ANSWERED, arg=int(last or 0), timeout=PATIENCE)
        return await self.newest()


Arriving = Callable[..., Awaitable[Resident]]  # opens a page, and is whoever sees it

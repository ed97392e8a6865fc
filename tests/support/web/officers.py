"""Officers who try the KakaoTalk channel in its preview."""

from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Locator, expect

from tests.support.web.browsers import Resident


class Officer(Resident):
    """Somebody who tries the channel; `newest` is the newest answer."""

    async def tries(self, said: str) -> Locator:
        await self.page.get_by_role("textbox").fill(said)
        return await self.hears(self.page.keyboard.press("Enter"))

    async def taps(self, label: str) -> Locator:
        return await self.hears(self.page.get_by_role("button", name=label).last.click())

    async def focus(self) -> str:
        """The label of what can be pressed; other places by their id."""
        script = "(at => at.matches('button, a') ? at.textContent : at.id)(document.activeElement)"
        return str(await self.page.evaluate(script))

    @property
    def answers(self) -> Locator:
        return self.page.locator("#log > .answered, #log > .note:not(:first-child)")

    async def hears(self, sending: Awaitable[Any]) -> Locator:
        before = await self.answers.count()
        await sending
        await expect(self.answers).to_have_count(before + 1)
        return self.answers.last


Opening = Callable[..., Awaitable[Officer]]  # opens the preview, and is whoever sees it

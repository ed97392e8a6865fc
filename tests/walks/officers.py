"""An officer at a real browser who counts clicks and keys, and looks at every page twice: on a desk and on a phone."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.async_api import Locator, Page

from tests.support.web.browsers import DESK, PATIENCE, PHONE, Resident
from tests.walks.town import Town


@dataclass
class Effort:
    """What one job took: clicks, keys that go on (Tab, Enter, Space, arrows), and signs typed."""

    job: str
    clicks: int = 0
    keys: int = 0
    signs: int = 0
    pages: int = 0


class Walker(Resident):
    def __init__(self, page: Page, town: Town, pictures: Path) -> None:
        super().__init__(page)
        page.set_default_timeout(PATIENCE)
        self.town, self.pictures = town, pictures
        self.efforts: list[Effort] = []
        self.effort = Effort("")
        self.faults: list[str] = []
        self.looked: list[str] = []

    @contextmanager
    def job(self, name: str) -> Iterator[None]:
        self.effort = Effort(name)
        yield
        self.efforts.append(self.effort)

    async def opens(self, path: str) -> None:
        answer = await self.page.goto(f"{self.town.url}{path}")
        if answer is None or answer.status >= 400:
            self.faults.append(f"{path}: {answer and answer.status}")

    async def clicks(self, label: str, role: str = "") -> None:
        """The first button, link, choice or fold with this label."""
        self.effort.clicks += 1
        await (await self._found(label, role)).click()
        await self.page.wait_for_load_state()

    async def types(self, field: str, text: str) -> None:
        self.effort.clicks += 1
        self.effort.signs += len(text)
        await self.page.fill(field, text)

    async def keys(self, *keys: str) -> None:
        for key in keys:
            self.effort.keys += 1
            await self.page.keyboard.press(key)

    async def writes(self, text: str) -> None:
        self.effort.signs += len(text)
        await self.page.keyboard.type(text)

    async def tabs(self, name: str) -> None:
        """Tab until this has the focus: a label, or an id."""
        inside = "document.activeElement !== document.body"
        for _ in range(150):
            if await self.page.evaluate(inside) and name in await self.focus():
                return
            await self.keys("Tab")
        raise AssertionError(f"{name} can't be reached by Tab on {self.page.url}")

    async def reads_on(self, words: str) -> None:
        await self.page.get_by_text(words).first.wait_for()

    async def looks(self, name: str) -> None:
        """Its picture at both sizes, what axe finds, and whether one has to scroll sideways."""
        for viewport in (PHONE, DESK):
            await self.page.set_viewport_size(viewport)  # type: ignore[arg-type]
            await self.page.evaluate("scrollTo(0, 0)")
            file = self.pictures / f"{len(self.looked):02}-{name}-{viewport['width']}.png"
            await self.page.screenshot(path=str(file), full_page=True)
            over = await self.overflow()
            self.faults += [f"{name} at {viewport['width']}: {over} px sideways"] if over else []
        self.faults += [f"{name}: {each}" for each in await self.violations()]
        self.looked.append(name)

    async def _found(self, label: str, role: str) -> Locator:
        for each in [role] if role else ["button", "link", "radio", "checkbox"]:
            found = self.page.locator("main").get_by_role(each, name=label)  # type: ignore[arg-type]
            if await found.count():
                return found.first
        return self.page.locator("main").get_by_text(label).first


def code(secret: str, town: Town) -> str:
    """What the app on their phone shows."""
    bare = secret.replace(" ", "")
    key = base64.b32decode(bare + "=" * (-len(bare) % 8))
    return TOTP(key, 6, SHA1(), 30, enforce_key_length=False).generate(int(town.now.timestamp())).decode()

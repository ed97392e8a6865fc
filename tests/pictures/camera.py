"""A browser whose pages are kept as small pictures."""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.async_api import Page

from tests.pictures import team
from tests.support.web.browsers import PATIENCE
from tests.walks.town import Town

MOST = 60 * 1024  # bytes
DESK = 1100
ENDS = "[innerWidth, document.querySelector('main').getBoundingClientRect().bottom]"
PHONE = {"width": 360, "height": 820}


class Camera:
    def __init__(self, page: Page, town: Town, into: Path, only: Sequence[str]) -> None:
        page.set_default_timeout(PATIENCE)
        self.page, self.town = page, town
        self.faults: list[str] = []
        self._into, self._only = into, only
        self._is_phone = False

    async def opens(self, path: str, phone: bool = False, width: int = DESK) -> None:
        """At the moment that all pictures are of."""
        self.town.turns(team.NOW)
        self._is_phone = phone
        await self.page.set_viewport_size(PHONE if phone else {"width": width, "height": 800})  # type: ignore[arg-type]
        answer = await self.page.goto(path)
        if answer is None or answer.status >= 400:
            self.faults.append(f"{path}: {answer and answer.status}")

    async def clicks(self, label: str) -> None:
        main = self.page.locator("main")
        found = main.get_by_role("button", name=label).or_(main.get_by_role("link", name=label))
        await found.first.click()
        await self.page.wait_for_load_state()

    async def fills(self, **fields: str) -> None:
        for name, value in fields.items():
            await self.page.fill(f"#{name}", value)

    async def takes(self, name: str, until: int = 900, after: str = "", hidden: str = "") -> None:
        """From the top, or from where `after` begins, to the end of what stands there; what is `hidden` is secret."""
        if self._only and name not in self._only:
            return
        await self.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        width, end = await self.page.evaluate(ENDS)
        box = await self.page.locator(after).first.bounding_box() if after else None
        top = box["y"] if box else 0
        clip = {"x": 0, "y": top, "width": width, "height": min(until, end - top)}
        covered = [self.page.locator(hidden)] if hidden else []
        shot = await self.page.screenshot(
            full_page=not self._is_phone,
            clip=clip,  # type: ignore[arg-type]
            mask=covered,
            mask_color="#c8ccd4",
            animations="disabled",
        )
        self._keeps(name, shot)

    def _keeps(self, name: str, shot: bytes) -> None:
        file = self._into / f"{name}.webp"
        Image.open(io.BytesIO(shot)).convert("RGB").save(file, "WEBP", quality=60, method=6)
        size = file.stat().st_size
        print(f"{name:<24}{size / 1024:6.1f} KB", flush=True)
        if size > MOST:
            self.faults.append(f"{name}: {size} bytes are too many")

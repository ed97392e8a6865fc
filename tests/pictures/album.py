"""Every picture: the page it is of, what is done there first, and how much of it is shown."""

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.console.signing import cookies
from bot.settings import Settings
from storage import schema
from storage.opening import open_database
from tests.pictures import pages, team
from tests.pictures.camera import Camera
from tests.support.domain import SEAL
from tests.support.web.browsers import chromium
from tests.walks.town import Town

MORE = "[pushes]\nfile = true\nmonthly_ceiling = 100000\n"


async def draw(into: Path, only: Sequence[str]) -> int:
    """All of them, or those that are named; 1 once one is too large."""
    with tempfile.TemporaryDirectory(prefix="baeumtok-pictures-") as folder:
        town = Town(Path(folder), team.NOW, MORE)
        database = await open_database(f"sqlite+aiosqlite:///{folder}/walk.db", SEAL)
        await database.write(schema.upgrade)
        token = await database.write(partial(team.fill, organization=Settings().to_organization()))
        await database.close()
        await town.starts()
        try:
            return await _take(town, token, into, only)
        finally:
            await town.stops()


async def _take(town: Town, token: str, into: Path, only: Sequence[str]) -> int:
    into.mkdir(parents=True, exist_ok=True)
    async with chromium() as browser:
        context = await browser.new_context(locale="ko-KR", timezone_id="Asia/Seoul", base_url=town.url)
        await context.add_cookies([{"name": cookies.name(town.url), "value": token, "url": town.url}])
        camera = Camera(await context.new_page(), town, into, only)
        for each in pages.ALL:
            await each(camera)
        await context.close()
    print("\n".join(camera.faults))
    return int(bool(camera.faults))

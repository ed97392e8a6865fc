"""Every picture: the page it is of, what is done there first, and how much of it is shown."""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC
from functools import partial
from pathlib import Path

from bot.console.signing import cookies
from bot.settings import Settings
from storage.engine import schema
from storage.engine.opening import open_database
from tests.pictures import pages, team
from tests.pictures.camera import Camera
from tests.support.botapi import BotApi
from tests.support.domain import SEAL
from tests.support.web.browsers import chromium
from tests.walks.town import Town

MORE = """
[telegram]
token = "{api.token}"
api_url = "{api.url}"
[pushes]
file = true
monthly_ceiling = 100000
[policy_card]
counts_current_year = true
"""
SETTLES = 5.0  # seconds until the clock has planned what is due
DUE = "outbox WHERE outcome IS NULL AND started_at IS NULL AND due_at <= datetime(?)"


async def draw(into: Path, only: Sequence[str]) -> int:
    """All of them, or those that are named; 1 once one is too large."""
    with tempfile.TemporaryDirectory(prefix="baeumtok-pictures-") as folder:
        async with BotApi() as api:
            return await _draw(Path(folder), api, into, only)


async def _draw(folder: Path, api: BotApi, into: Path, only: Sequence[str]) -> int:
    town = Town(folder, team.NOW, MORE.format(api=api))
    database = await open_database(f"sqlite+aiosqlite:///{folder}/walk.db", SEAL)
    await database.write(schema.upgrade)
    token = await database.write(partial(team.fill, organization=Settings().to_organization()))
    await database.close()
    for (chat,) in town.rows("SELECT address FROM addresses"):
        api.person(int(chat)).chat.known = True
    holding = asyncio.create_task(_hold(town))
    await town.starts()
    try:
        await asyncio.sleep(SETTLES)
        await town.sees(lambda: not town.count(DUE, team.NOW.astimezone(UTC).isoformat(" ")), "what is due has left")
        holding.cancel()
        return await _take(town, token, into, only)
    finally:
        await town.stops()


async def _hold(town: Town) -> None:
    """The time stands still until all is told, however slow the machine is."""
    while True:
        town.turns(team.NOW)
        await asyncio.sleep(1)


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

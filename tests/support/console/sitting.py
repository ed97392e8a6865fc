"""An officer who sits at the console in a real browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from playwright.async_api import Browser
from starlette.routing import Route

from bot.console.console import Console
from bot.console.signing import cookies
from bot.http.pages import serve_asset
from bot.settings import Settings
from tests.support.console.counter import signed_in
from tests.support.domain import SETTINGS, School
from tests.support.web.browsers import DESK, Resident
from tests.support.web.site import served


@asynccontextmanager
async def sitting(browser: Browser, school: School, settings: Settings = SETTINGS) -> AsyncIterator[Resident]:
    """The lead, signed in; the browser may have nothing to complain of until the end."""
    organization = replace(settings.to_organization(), public_url="http://127.0.0.1")
    console = Console(school.database, organization, lambda: school.now)
    async with served([*console.routes(), Route("/static/{name:path}", serve_asset)]) as url:
        token = await school.database.write(lambda tx: signed_in(tx, school, "kim", "lead"))
        context = await browser.new_context(viewport=DESK, locale="ko-KR", base_url=url)  # type: ignore[arg-type]
        await context.add_cookies([{"name": cookies.name(url), "value": token, "url": url}])
        someone = Resident(await context.new_page())
        yield someone
        await context.close()
    assert someone.complaints == []

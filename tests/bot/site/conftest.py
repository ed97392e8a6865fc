"""A shared tablet and who answers at it; officers who try the preview of KakaoTalk."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from starlette.routing import Route

from bot.http.pages import serve_asset
from bot.settings import Settings
from bot.site.preview import KakaoPreview
from tests.support.domain import School
from tests.support.kakao.made_up import Skill
from tests.support.web.browsers import PHONE
from tests.support.web.kiosks import Person, Stand, standing
from tests.support.web.officers import Officer, Opening
from tests.support.web.own_pages import Holder, Pages, serving_pages
from tests.support.web.site import served


@pytest.fixture
async def stand(sqlite_url: str) -> AsyncIterator[Stand]:
    async with standing(sqlite_url) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def shown_stand(sqlite_url: str) -> AsyncIterator[Stand]:
    """The same for a real browser."""
    async with standing(sqlite_url) as started:
        yield started


@pytest.fixture
async def attendee(stand: Stand) -> Person:
    """Somebody who has attended the course, before the start screen."""
    someone = stand.person(stand.liked)
    await someone.opens()
    return someone


@pytest.fixture
async def pages(school: School) -> AsyncIterator[Pages]:
    """Pages that one-time links open."""
    async with serving_pages(school) as started:
        yield started


@pytest.fixture
def holder(pages: Pages) -> Holder:
    return pages.holder()


@pytest.fixture
def made_up_skill() -> Skill:
    return Skill()


@pytest_asyncio.fixture(loop_scope="session")
async def opens(browser: Browser, made_up_skill: Skill) -> AsyncIterator[Opening]:
    """An officer opens the KakaoTalk preview; at the end its console must have had nothing to say."""
    came: list[Officer] = []
    routes = [
        *KakaoPreview(made_up_skill.ask, "b0", Settings().to_organization()).routes(),
        Route("/static/{name:path}", serve_asset),
    ]

    async def open_at(viewport: dict[str, int] = PHONE) -> Officer:
        page = await browser.new_page(viewport=viewport, locale="ko-KR")
        came.append(Officer(page))
        await page.goto(f"{url}/kakao/preview")
        return came[-1]

    async with served(routes) as url:
        yield open_at
        for officer in came:
            await officer.page.close()
    assert [officer.complaints for officer in came if officer.complaints] == []

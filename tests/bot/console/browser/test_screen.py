"""The screen of a class and the page of its code in a real browser: looked at, read by axe, and live."""

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.channels.web.service import WebChat
from bot.console.console import Console
from bot.console.signing import cookies
from bot.messages.answering import Answering
from bot.site.attending import Attending
from bot.site.screen import RoomScreen
from handlers.attendance import codes
from storage.keys import sealing
from storage.teaching import sessions
from tests.support.console.counter import signed_in
from tests.support.domain import SETTINGS
from tests.support.web.browsers import PHONE, Resident
from tests.support.web.site import served

pytestmark = [pytest.mark.on_sqlite, pytest.mark.asyncio(loop_scope="session")]
ROOM = {"width": 1280, "height": 720}


@pytest_asyncio.fixture(loop_scope="session")
async def near(school) -> AsyncIterator[str]:
    course = await school.opens(code="T1", title="정리수납컨설턴트 2급 자격증 취득과정")
    meeting = (await school.database.read(lambda tx: sessions.of_courses(tx, [course])))[0]
    school.now, school.meeting = meeting.starts_at - timedelta(minutes=5), meeting
    organization = replace(SETTINGS.to_organization(), public_url="http://127.0.0.1")
    chat = WebChat(Answering(school.database, organization, lambda: school.now))
    pages = (
        Console(school.database, organization, lambda: school.now),
        RoomScreen(school.database, organization, lambda: school.now),
        Attending(school.database, organization, lambda: school.now, lambda: "https://t.me/a_bot", chat.token),
        chat,
    )
    async with served([route for each in pages for route in each.routes()]) as at:
        with closing(chat):
            yield at


@pytest.mark.parametrize("viewport", [ROOM, PHONE], ids=["room", "phone"])
async def test_the_screen_is_read_from_afar_and_renews_itself(browser, school, near, viewport):
    page = await browser.new_page(viewport=viewport, locale="ko-KR")
    seen = Resident(page)
    token = await school.database.write(lambda tx: signed_in(tx, school, "kim", "officer"))
    await page.context.add_cookies([{"name": cookies.name("http://127.0.0.1"), "value": token, "url": near}])
    await page.goto(f"{near}/desk/courses/T1/attendance/screen?class=1")
    await seen.is_photographed(f"screen-begin-{viewport['width']}")
    assert await seen.violations() == []
    await page.get_by_role("button", name="화면에 띄우기").click()
    await expect(page.get_by_role("img", name="출석 QR 코드")).to_be_visible()
    await seen.is_photographed(f"screen-{viewport['width']}")
    assert (await seen.violations(), await seen.overflow(), seen.complaints) == ([], 0, [])
    before = await page.locator(".digits").inner_text()
    school.waits(seconds=30)
    await expect(page.locator(".digits")).not_to_have_text(before)
    await page.close()


async def test_the_page_of_a_code_is_read_on_a_phone(browser, school, near):
    page = await browser.new_page(viewport=PHONE, locale="ko-KR")
    seen, shown = Resident(page), codes.at(school.meeting.id, school.now)
    code = await school.database.read(lambda tx: codes.written(sealing.of(tx), shown))
    await page.goto(f"{near}/a/{code}")
    await seen.is_photographed("code-page")
    assert (await seen.violations(), await seen.overflow(), seen.complaints) == ([], 0, [])
    await page.close()

"""Passkeys in a real browser, over real https: made, used, removed, and codes where there is none."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, expect
from starlette.routing import Route

from bot.console.console import Console
from bot.http.pages import serve_asset
from storage.engine.opening import open_database
from tests.support.console.https import Device, device, served_securely, trusting_chromium
from tests.support.console.signing import PASSWORD, code_of, link_of
from tests.support.domain import SEAL, SETTINGS, School
from tests.support.web.browsers import DESK, IN_BROWSER, PHONE, Resident

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
    pytest.mark.usefixtures("quickly"),
]


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def trusting() -> AsyncIterator[Browser]:
    async with trusting_chromium() as started:
        yield started


@dataclass
class Desk:
    """Where an officer has just begun, with a phone that shows codes."""

    school: School
    context: BrowserContext
    held: Device
    url: str
    secret: str = ""

    @property
    def page(self):
        return self.held.page

    @property
    def seen(self) -> Resident:
        return Resident(self.page)

    async def begins(self, path: str) -> None:
        await self.page.goto(path)
        self.secret = await self.page.locator(".secret code").inner_text()
        for field in ("password", "repeated"):
            await self.page.fill(f"#{field}", PASSWORD)
        await self.page.fill("#code", self.code())
        await self.page.get_by_role("button", name="시작하기").click()
        await self.page.get_by_role("link", name="적어 두었습니다").click()

    def code(self) -> str:
        self.school.now += timedelta(minutes=1)
        return code_of(self.secret, self.school.now)

    async def adds(self, name: str) -> None:
        await self.page.goto("/desk/me")
        await self.page.fill("#name", name)
        await self.page.fill("#key-password", PASSWORD)
        await self.page.fill("#key-code", self.code())
        await self.page.get_by_role("button", name="패스키 더하기").click()
        await self.page.get_by_role("button", name="패스키 만들기").click()
        await self.page.get_by_text(f"패스키 ‘{name}’").first.wait_for()

    async def signs_out(self) -> None:
        await self.page.get_by_role("button", name="로그아웃", exact=True).click()
        await self.page.wait_for_url("**/desk/sign-in")

    async def says_who(self) -> None:
        await self.page.fill("#login", "kim")
        await self.page.fill("#password", PASSWORD)


@pytest_asyncio.fixture(loop_scope="session")
async def workplace(trusting, sqlite_url, tmp_path) -> AsyncIterator[Desk]:
    database = await open_database(sqlite_url, SEAL)
    school = School(database)

    def routes(url):
        console = Console(database, replace(SETTINGS.to_organization(), public_url=url), lambda: school.now)
        return [*console.routes(), Route("/static/{name:path}", serve_asset)]

    async with served_securely(routes, tmp_path) as url:
        context = await trusting.new_context(viewport=DESK, locale="ko-KR", base_url=url, ignore_https_errors=True)
        opened = Desk(school, context, await device(context), url)
        complaints = Resident(opened.page).complaints
        await opened.begins(await link_of(school))
        yield opened
        await context.close()
    await database.close()
    assert [each for each in complaints if "422" not in each] == []  # a form that was refused


async def test_a_key_is_made_and_then_signs_in_its_owner(workplace):
    await workplace.adds("사무실 컴퓨터")
    await workplace.signs_out()
    await workplace.says_who()
    await workplace.page.get_by_role("button", name="패스키로 로그인").click()
    await workplace.page.get_by_role("button", name="패스키 쓰기").click()
    await workplace.page.wait_for_url("**/desk/")
    assert "김담당" in await workplace.page.locator(".leave").inner_text()
    [key] = await workplace.held.keys()
    assert key["isResidentCredential"]


async def test_all_of_it_goes_by_keyboard_alone(workplace):
    await workplace.adds("노트북")
    await workplace.signs_out()
    keyboard = workplace.page.keyboard
    await keyboard.type("kim")
    await keyboard.press("Tab")
    await keyboard.type(PASSWORD)
    await workplace.seen.tabs_to("패스키로 로그인")
    await keyboard.press("Enter")
    await workplace.page.wait_for_url("**/desk/sign-in")
    await workplace.page.get_by_role("button", name="패스키 쓰기").wait_for()
    await keyboard.press("Enter")  # it has the focus
    await workplace.page.wait_for_url("**/desk/")
    await workplace.page.goto("/desk/me")
    await workplace.seen.tabs_to("지우기")  # the table, which is a region, and then the button in it
    await keyboard.press("Tab")
    await keyboard.press("Enter")
    await workplace.page.get_by_text("패스키 ‘노트북’을 지웠습니다").wait_for()


async def test_without_a_key_the_page_says_so_and_the_code_does(workplace):
    await workplace.adds("잃을 기기")
    await workplace.signs_out()
    await workplace.held.loses_all()
    await workplace.says_who()
    await workplace.page.get_by_role("button", name="패스키로 로그인").click()
    await workplace.page.get_by_role("button", name="패스키 쓰기").click()
    await expect(workplace.page.get_by_role("alert")).to_contain_text("패스키를 쓰지 못했습니다")
    await workplace.page.get_by_role("link", name="인증번호로 로그인하기").click()
    await workplace.says_who()
    await workplace.page.fill("#code", workplace.code())
    await workplace.page.get_by_role("button", name="로그인", exact=True).click()
    await workplace.page.wait_for_url("**/desk/")


async def test_without_scripts_there_are_codes_alone(workplace, trusting):
    plain = await trusting.new_context(base_url=workplace.url, ignore_https_errors=True, java_script_enabled=False)
    page = await plain.new_page()
    await page.goto("/desk/sign-in")
    await expect(page.get_by_role("button", name="패스키로 로그인")).to_be_hidden()
    await page.fill("#login", "kim")
    await page.fill("#password", PASSWORD)
    await page.fill("#code", workplace.code())
    await page.get_by_role("button", name="로그인", exact=True).click()
    await page.wait_for_url("**/desk/")
    await page.goto("/desk/me")
    await expect(page.get_by_role("button", name="패스키 더하기")).to_be_hidden()
    await plain.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing_and_nobody_scrolls_sideways(workplace, viewport):
    await workplace.page.set_viewport_size(viewport)
    await workplace.adds("민원실 태블릿")
    await is_fine(workplace.seen, f"me-{viewport['width']}")
    await workplace.page.fill("#name", "또 하나")
    await workplace.page.fill("#key-password", PASSWORD)
    await workplace.page.fill("#key-code", "000000")
    await workplace.page.get_by_role("button", name="패스키 더하기").click()
    await is_fine(workplace.seen, f"me-wrong-{viewport['width']}")
    await workplace.page.fill("#name", "또 하나")
    await workplace.page.fill("#key-password", PASSWORD)
    await workplace.page.fill("#key-code", workplace.code())
    await workplace.page.get_by_role("button", name="패스키 더하기").click()
    await workplace.page.get_by_role("button", name="패스키 만들기").click()  # the device has one already
    await workplace.page.get_by_text("패스키를 만들지 못했습니다").wait_for()
    await is_fine(workplace.seen, f"key-{viewport['width']}")
    await workplace.page.get_by_role("link", name="그만두기").click()
    await workplace.page.fill("#codes-password", PASSWORD)
    await workplace.page.fill("#codes-code", workplace.code())
    await workplace.page.get_by_role("button", name="새 복구 코드 받기").click()
    await is_fine(workplace.seen, f"codes-{viewport['width']}")
    await workplace.signs_out()
    await is_fine(workplace.seen, f"sign-in-{viewport['width']}")
    await workplace.says_who()
    await workplace.page.get_by_role("button", name="패스키로 로그인").click()
    await workplace.page.get_by_role("button", name="패스키 쓰기").wait_for()
    await is_fine(workplace.seen, f"sign-in-key-{viewport['width']}")


async def is_fine(seen: Resident, name: str) -> None:
    await seen.is_photographed(f"passkeys-{name}")
    assert (await seen.violations(), await seen.overflow()) == ([], 0)

"""Attendance in a real browser: each tap is kept at once, by finger or keyboard, on a desk and on a phone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from starlette.routing import Route

from bot.console.console import Console
from bot.console.signing import cookies
from bot.http.pages import serve_asset
from bot.messages.answering import Answering
from handlers.attendance.entering import Said, enter
from storage.attendance import entries
from storage.engine.opening import open_database
from storage.teaching import sessions
from tests.support.console.counter import signed_in
from tests.support.domain import SEAL, SETTINGS, School, Visitor
from tests.support.web.browsers import DESK, IN_BROWSER, PHONE, Resident
from tests.support.web.site import served

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]
AT = "/desk/courses/T1/attendance"
NAMES = [
    "김하나",
    "이두리",
    "박세나",
    "최넷별",
    "정다섯",
    "강여름",
    "조일곱",
    "윤여덟",
    "장아홉",
    "임열매",
    "한봄비",
    "오여울",
    "서가을",
    "신겨울",
    "권새벽",
]


@dataclass
class Roll:
    """A class of fifteen that is on, before an officer's browser."""

    school: School
    course: int
    taker: Resident

    async def counting(self, number: int = 1) -> list[str]:
        """What counts in a class, in the order of the names on the page."""
        meetings = await self.school.database.read(lambda tx: sessions.of_courses(tx, [self.course]))
        found = await self.school.database.read(lambda tx: entries.of_course(tx, self.course))
        here = [each for each in found if each.session_id == meetings[number - 1].id and each.standing == "counts"]
        marks = {each.enrollment_id: each.mark for each in here}
        seats = await self.school.live(self.course)
        order = sorted(range(len(seats)), key=lambda at: NAMES[at])
        return [marks.get(seats[at], "") for at in order]

    async def is_saved(self, text: str = "저장했습니다") -> None:
        await expect(self.taker.page.locator("#state")).to_contain_text(text)
        await expect(self.taker.page.locator("[data-state=saving]")).to_have_count(0)


@pytest_asyncio.fixture(loop_scope="session")
async def sitting(browser: Browser, sqlite_url: str) -> AsyncIterator[Roll]:
    database = await open_database(sqlite_url, SEAL)
    school = School(database)
    course = await school.opens(code="T1", capacity=15, minimum=1)
    answering = Answering(database, SETTINGS.to_organization(), lambda: school.now)
    for number, name in enumerate(NAMES, 1):
        visitor = Visitor(answering, "telegram", f"{number}", count(1))
        await visitor.registers(course, name=name, mobile=f"010-0000-{number:04}")
    meetings = await database.read(lambda tx: sessions.of_courses(tx, [course]))
    school.now = meetings[0].starts_at + timedelta(minutes=5)
    organization = replace(SETTINGS.to_organization(), public_url="http://127.0.0.1")
    routes = [*Console(database, organization, lambda: school.now).routes(), Route("/static/{name:path}", serve_asset)]
    async with served(routes) as url:
        token = await database.write(lambda tx: signed_in(tx, school, "kim", "lead"))
        context = await browser.new_context(viewport=PHONE, locale="ko-KR", base_url=url)  # type: ignore[arg-type]
        await context.add_cookies([{"name": cookies.name(url), "value": token, "url": url}])
        taker = Resident(await context.new_page())
        yield Roll(school, course, taker)
        await context.close()
    await database.close()


async def test_a_class_of_fifteen_with_two_absent_takes_four_taps(sitting):
    page = sitting.taker.page
    await page.goto("/desk/")
    taps = 0
    for name in ("출석을 적으려면", "전원 출석", "김하나 결석", "박세나 결석"):
        await page.get_by_role("link" if not taps else "button", name=name).first.click()
        taps += 1
        if taps > 1:
            await sitting.is_saved("출석 15명" if taps == 2 else "결석 1명")
    await expect(page.locator('[data-count="present"]')).to_have_text("13")
    await sitting.taker.is_photographed("attendance-class-360")
    marks = await sitting.counting()
    assert (taps, marks.count("present"), marks.count("absent")) == (4, 13, 2)
    assert (await sitting.taker.violations(), await sitting.taker.overflow()) == ([], 0)


async def test_a_tap_is_kept_without_leaving_the_page_and_undone_on_the_spot(sitting):
    page = sitting.taker.page
    await page.goto(f"{AT}?class=1")
    await page.evaluate("window.isHere = true")
    await page.get_by_role("button", name="강여름 지각").click()
    await sitting.is_saved()
    await expect(page.get_by_role("button", name="강여름 지각")).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("button", name="되돌리기").click()
    await sitting.is_saved("되돌렸습니다")
    assert await page.evaluate("window.isHere")
    assert await sitting.counting() == [""] * 15


async def test_keys_mark_one_after_the_other(sitting):
    page = sitting.taker.page
    await page.goto(f"{AT}?class=1")
    await page.locator(".mark").first.focus()
    for key in "12345":
        await page.keyboard.press(key)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("4")
    await sitting.is_saved()
    await expect(page.locator('[data-count="unmarked"]')).to_have_text("9")
    marks = ["present", "late", "left_early", "absent", "excused", "", "absent"]
    assert await sitting.counting() == marks + [""] * 8


async def test_in_the_table_arrows_move_and_keys_mark(sitting):
    page = sitting.taker.page
    await page.set_viewport_size(DESK)
    await page.goto(AT)
    await page.locator(".cell").first.focus()
    for key in ("1", "4", "ArrowRight", "4", "ArrowLeft", "3"):
        await page.keyboard.press(key)
    await sitting.is_saved()
    await expect(page.locator('[data-unmarked="1"]')).to_have_text("12")
    assert (await sitting.counting())[:4] == ["present", "absent", "", "left_early"]
    assert (await sitting.counting(2))[:3] == ["", "", "absent"]
    await page.keyboard.press("Control+z")
    await sitting.is_saved("되돌렸습니다")
    assert (await sitting.counting())[3] == ""


async def test_what_can_not_be_saved_is_told_and_shown_and_can_be_tried_again(sitting):
    page = sitting.taker.page
    await page.goto(f"{AT}?class=1")
    await page.context.set_offline(True)
    button = page.get_by_role("button", name="강여름 결석")
    await button.click()
    await expect(page.locator("#state")).to_contain_text("저장하지 못했습니다")
    await expect(page.locator("[data-state=failed]")).to_have_count(1)
    await expect(button).to_have_attribute("aria-pressed", "false")
    await sitting.taker.is_photographed("attendance-failed-360")
    await page.context.set_offline(False)
    await button.click()
    await sitting.is_saved()
    assert await sitting.counting() == ["absent", *[""] * 14]


async def test_another_days_correction_asks_for_its_reason(sitting):
    page = sitting.taker.page
    await page.goto(f"{AT}?class=1")
    await page.get_by_role("button", name="강여름 결석").click()
    await sitting.is_saved()
    sitting.school.now += timedelta(days=1)
    again = await sitting.school.database.write(lambda tx: signed_in(tx, sitting.school, "kim", "lead"))
    await page.context.clear_cookies()
    await page.context.add_cookies(
        [{"name": cookies.name(page.url), "value": again, "url": page.url.split("/desk")[0]}]
    )
    await page.goto(f"{AT}?class=1")
    await page.get_by_role("button", name="강여름 출석").click()
    await expect(page.locator("#state")).to_contain_text("고치는 까닭을 적어 주세요")
    await page.keyboard.type("늦게 확인함")  # it has the focus
    await page.get_by_role("button", name="강여름 출석").click()
    await sitting.is_saved()
    await page.reload()
    await page.get_by_text("바뀐 내역 2").click()
    await expect(page.locator(".history")).to_contain_text("까닭: 늦게 확인함")
    await sitting.taker.is_photographed("attendance-history-360")
    assert (await sitting.taker.violations(), await sitting.taker.overflow()) == ([], 0)


async def test_without_a_script_each_button_sends_its_form(sitting, browser):
    page = sitting.taker.page
    await page.goto(f"{AT}?class=1")
    context = await browser.new_context(
        java_script_enabled=False, storage_state=await page.context.storage_state(), viewport=PHONE
    )
    bare = await context.new_page()
    await bare.goto(page.url)
    await bare.get_by_role("button", name="전원 출석").click()
    await bare.get_by_role("button", name="강여름 결석").click()
    await expect(bare.locator('[data-count="absent"]')).to_have_text("1")
    await bare.get_by_role("button", name="되돌리기").first.click()
    await context.close()
    assert await sitting.counting() == ["present"] * 15


async def test_a_sheet_is_typed_in_by_number_keys_and_tab_alone(sitting):
    page = sitting.taker.page
    await page.set_viewport_size(DESK)
    await page.goto(f"{AT}?class=1&way=paper")
    await page.keyboard.type("41")
    await page.keyboard.press("Tab")
    await page.keyboard.type("2")
    await sitting.taker.is_photographed("attendance-typing-1280")
    await sitting.taker.tabs_to("rest")
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.get_by_text("적었습니다").first.wait_for()
    assert await sitting.counting() == ["absent", "present", "present", "late", *["present"] * 11]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing_and_nobody_scrolls_sideways_on_any_page_of_it(sitting, viewport):
    seats = await sitting.school.live(sitting.course)
    meetings = await sitting.school.database.read(lambda tx: sessions.of_courses(tx, [sitting.course]))
    for seat in seats[:2]:
        scan = Said(meetings[0].id, seat, "late", "scan", sitting.school.now, is_doubtful=True)
        await sitting.school.database.write(lambda tx, one=scan: enter(tx, one, sitting.school.now))
    found = []
    await sitting.taker.page.set_viewport_size(viewport)
    for path in ("", "?class=1", "?class=1&way=paper", "?class=2", "/paper", "/paper?class=1"):
        await sitting.taker.page.goto(f"{AT}{path}")
        name = path.strip("/?").replace("?", "-").replace("&", "-").replace("=", "-")
        await sitting.taker.is_photographed(f"attendance-{name or 'grid'}-{viewport['width']}")
        found.append((path, await sitting.taker.violations(), await sitting.taker.overflow()))
    assert [each for each in found if each[1:] != ([], 0)] == []

"""Pages that one-time links open, in a real browser: on a phone, without scripts, for everybody."""

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.messages.answering import Answering
from storage.engine.opening import open_database
from tests.support.domain import PERSON, SEAL, School, Visitor
from tests.support.web.browsers import IN_BROWSER, PHONE, Resident
from tests.support.web.own_pages import ON_PAGE, Pages, link_in, serving_pages

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]

Leading = Callable[..., Awaitable[Resident]]


@pytest_asyncio.fixture(loop_scope="session")
async def shown_pages(sqlite_url: str) -> AsyncIterator[Pages]:
    database = await open_database(sqlite_url, SEAL)
    async with serving_pages(School(database)) as started:
        yield started
    await database.close()


@pytest_asyncio.fixture(loop_scope="session")
async def led(browser: Browser, shown_pages: Pages) -> AsyncIterator[Leading]:
    """Somebody whom Telegram has led to the page of a course; at the end its console must have had nothing to say."""
    school, came, keys = shown_pages.school, list[Resident](), count(1)
    answering = Answering(school.database, ON_PAGE.to_organization(), lambda: school.now)

    async def lead(language: str = "ko", is_simple: bool = False, **context: Any) -> Resident:
        somebody = Visitor(answering, "telegram", f"{700 + len(came)}", keys)
        if language == "en":
            await somebody.says("English")
        if is_simple:
            await somebody.goes_to("simple/on")
        await somebody.goes_to(f"forms/enroll/{await school.opens()}")
        page = await (await browser.new_context(viewport=PHONE, locale="ko-KR", **context)).new_page()  # type: ignore[arg-type]
        came.append(Resident(page))
        await page.goto(shown_pages.url + link_in(somebody.screen))
        return came[-1]

    yield lead
    for resident in came:
        await resident.page.context.close()
    assert [resident.complaints for resident in came if resident.complaints] == []


async def presses(resident: Resident, label: str) -> None:
    async with resident.page.expect_navigation():
        await resident.page.get_by_role("button", name=label, exact=True).click()


async def looked_at(resident: Resident, name: str) -> list[Any]:
    """What stands in anybody's way on this page."""
    await resident.is_photographed(name)
    wide = await resident.overflow()
    return [*await resident.violations(), *await resident.small_targets(44), *([wide] if wide else [])]


async def fills_in(resident: Resident, name: str, words: dict[str, str]) -> list[list[Any]]:
    """Every page up to the end; what was found on each."""
    found = [await looked_at(resident, f"{name}-before")]
    for step, label in enumerate((words["start"], words["agree"], words["dong"])):
        await presses(resident, label)
        found.append(await looked_at(resident, f"{name}-{step}"))
    for question in ("name", "birth_year", "mobile"):
        await resident.page.get_by_role("textbox").fill(PERSON[question])
        await presses(resident, words["next"])
        found.append(await looked_at(resident, f"{name}-{question}"))
    await presses(resident, words["submit"])
    return [*found, await looked_at(resident, f"{name}-done")]


KOREAN = {"start": "시작하기", "agree": "동의하고 계속", "dong": "청구동", "next": "다음", "submit": "이대로 신청하기"}
ENGLISH = {"start": "Start", "agree": "I agree", "dong": "Cheonggu-dong", "next": "Next", "submit": "Register now"}


@pytest.mark.parametrize("look", ["light", "dark", "simple"])
async def test_everybody_can_fill_it_in_on_a_phone(led: Leading, look: str) -> None:
    resident = await led(is_simple=look == "simple", color_scheme="dark" if look == "dark" else "light")
    assert [each for each in await fills_in(resident, f"own-page-{look}", KOREAN) if each] == []
    assert "자리가 정해졌어요" in await resident.page.locator("main").inner_text()


async def test_it_works_without_scripts(led: Leading) -> None:
    resident = await led(java_script_enabled=False)
    for label in (KOREAN["start"], KOREAN["agree"], KOREAN["dong"]):
        await presses(resident, label)
    for question in ("name", "birth_year", "mobile"):
        await resident.page.get_by_role("textbox").fill(PERSON[question])
        await presses(resident, KOREAN["next"])
    await presses(resident, KOREAN["submit"])
    assert "자리가 정해졌어요" in await resident.page.locator("main").inner_text()


async def test_it_speaks_english(led: Leading) -> None:
    resident = await led("en")
    assert [each for each in await fills_in(resident, "own-page-en", ENGLISH) if each] == []


async def test_back_in_the_browser_shows_what_is_asked_now_and_an_error_is_readable(led: Leading) -> None:
    resident = await led()
    for label in (KOREAN["start"], KOREAN["agree"], KOREAN["dong"]):
        await presses(resident, label)
    await resident.page.get_by_role("textbox").fill("1")
    await presses(resident, KOREAN["next"])
    assert await looked_at(resident, "own-page-error") == []
    await resident.page.go_back()
    assert "이름을 적어 주세요" in await resident.page.locator("main").inner_text()


async def test_what_is_over_is_readable_too(led: Leading, shown_pages: Pages) -> None:
    resident = await led()
    address = resident.page.url
    await presses(resident, KOREAN["start"])
    await resident.page.goto(address)
    assert await looked_at(resident, "own-page-used") == []
    await resident.page.context.clear_cookies()
    await resident.page.goto(f"{shown_pages.url}/page")
    assert await looked_at(resident, "own-page-expired") == []
    assert [each for each in resident.complaints if "410 (Gone)" not in each] == []
    resident.complaints.clear()

"""The shared tablet in a real browser: nothing is left for the next person, and everybody can use it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from handlers.staff.surveys import kiosks
from tests.support.web.browsers import IN_BROWSER
from tests.support.web.kiosks import BRIEF, LIKED, LYING, PHONE, TABLET, WANTED, Stand, Tablet
from tests.support.web.site import rows

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]

# What the second of two taps would meet in the place of the first, at the moment when the next screen comes.
TAPPED_AT_ONCE = """() => document.addEventListener("pointerdown", (tap) => new MutationObserver((_, observer) => {
    observer.disconnect();
    const met = document.querySelector(".answer").getBoundingClientRect();
    const place = document.querySelector(".place").textContent.split(" ")[0];
    window.tapped = `${place} ${document.elementFromPoint(met.x + 9, met.y + 9).localName}`;
}).observe(document.body, { childList: true }), { once: true, capture: true })"""

Standing = Callable[..., Awaitable[Tablet]]


@pytest_asyncio.fixture(loop_scope="session")
async def stands(browser: Browser, shown_stand: Stand) -> AsyncIterator[Standing]:
    """A tablet at the start screen; at the end its console must have had nothing to say."""
    placed: list[Tablet] = []

    async def place(viewport: dict[str, int] = TABLET, code: str = "", clock: bool = False, **more: Any) -> Tablet:
        context = await browser.new_context(viewport=viewport, reduced_motion="reduce", **more)  # type: ignore[arg-type]
        secret = shown_stand.secrets[len(placed)]
        await context.add_cookies([{"name": "kiosk", "value": secret, "url": shown_stand.url}])
        placed.append(Tablet(await context.new_page()))
        placed[-1].runs_scripts = more.get("java_script_enabled", True)
        if clock:
            await placed[-1].page.clock.install()
        await placed[-1].page.goto(f"{shown_stand.url}/kiosk/{code or shown_stand.brief.code}")
        return placed[-1]

    yield place
    for tablet in placed:
        await tablet.page.context.close()
    assert [tablet.complaints for tablet in placed if tablet.complaints] == []


@pytest.mark.parametrize(("survey", "scripts"), [("liked", True), ("needs", False)])
async def test_a_whole_survey_is_answered_with_scripts_and_the_other_one_without(
    shown_stand: Stand, stands: Standing, survey: str, scripts: bool
) -> None:
    round_ = {"liked": shown_stand.liked, "needs": shown_stand.needs}[survey]
    tablet = await stands(code=round_.code, java_script_enabled=scripts)
    await tablet.answers({"liked": LIKED, "needs": WANTED}[survey])
    await tablet.taps("보내기")
    await tablet.sees("고맙습니다. 잘 받았어요.")
    assert len(await shown_stand.handed_in(round_)) == 1


async def test_nothing_is_left_in_the_browser_or_the_conversation(shown_stand: Stand, stands: Standing) -> None:
    tablet, before = await stands(), await rows(shown_stand.school)
    await tablet.answers(BRIEF)
    await tablet.taps("보내기")
    assert [each["name"] for each in await tablet.page.context.cookies()] == ["kiosk"]
    assert await tablet.page.evaluate("localStorage.length + sessionStorage.length") == 0
    after = await rows(shown_stand.school)
    assert {name for name in after if after[name] != before[name]} == {"survey_pending", "survey_turnout"}


async def test_the_browsers_history_holds_no_answers(stands: Standing) -> None:
    tablet = await stands()
    before = await tablet.page.evaluate("history.length")
    await tablet.answers(BRIEF, until="end")
    assert await tablet.page.evaluate("history.length") == before
    await tablet.page.go_back()
    await tablet.page.go_forward()
    await expect(tablet.page.get_by_role("button", name="시작하기")).to_be_visible()
    assert "실습이 많아" not in await tablet.page.content()


async def test_reloading_shows_the_start(stands: Standing) -> None:
    tablet = await stands()
    for until in ("Q2", "end"):
        await tablet.answers(BRIEF, until=until)
        await tablet.page.reload()
        await tablet.sees("시작하기")
        assert "실습이 많아" not in await tablet.page.content()


async def test_after_the_thanks_the_start_comes_back_by_itself(shown_stand: Stand, stands: Standing) -> None:
    tablet = await stands(clock=True)
    for people in (1, 2):
        await tablet.answers(BRIEF)
        await tablet.taps("보내기")
        await tablet.page.clock.run_for(8_000)
        await tablet.sees("고맙습니다")
        async with tablet.page.expect_navigation():
            await tablet.page.clock.run_for(3_000)
        await tablet.sees("시작하기")
        assert len(await shown_stand.handed_in(shown_stand.brief)) == people


async def test_who_leaves_is_counted_out_and_forgotten(stands: Standing) -> None:
    tablet = await stands(clock=True)
    await tablet.answers(BRIEF, until="end")
    await tablet.page.clock.run_for(57_000)
    await expect(tablet.page.get_by_text("초 뒤 처음 화면으로")).to_have_count(0)
    await tablet.page.clock.run_for(5_000)
    await expect(tablet.page.get_by_role("button", name="계속하기")).to_be_visible()
    async with tablet.page.expect_navigation():
        await tablet.page.clock.run_for(15_000)
    await tablet.sees("시작하기")
    assert "실습이 많아" not in await tablet.page.content()


async def test_who_is_still_there_goes_on(stands: Standing) -> None:
    tablet = await stands(clock=True)
    await tablet.answers(BRIEF, until="Q5")
    await tablet.page.locator("textarea").fill("아직 적고 있")
    await tablet.page.clock.run_for(70_000)
    await tablet.page.get_by_role("button", name="계속하기").click()
    await tablet.page.clock.run_for(50_000)
    assert await tablet.page.locator("textarea").input_value() == "아직 적고 있"
    await expect(tablet.page.get_by_role("button", name="계속하기")).to_be_hidden()


async def test_without_a_network_who_left_is_forgotten_too(stands: Standing) -> None:
    tablet = await stands(clock=True)
    await tablet.answers(BRIEF, until="end")
    await tablet.page.context.set_offline(True)
    await tablet.page.clock.run_for(80_000)
    await tablet.sees("시작하기")
    assert "실습이 많아" not in await tablet.page.content()
    tablet.complaints.clear()


async def test_what_could_not_be_sent_is_told_and_sent_again_by_itself(stands: Standing) -> None:
    tablet = await stands()
    await tablet.taps("시작하기")
    await tablet.page.context.set_offline(True)
    await tablet.page.get_by_role("button", name="보통이다").click()
    await expect(tablet.page.get_by_role("alert")).to_contain_text("보내지 못했어요")
    tablet.complaints.clear()
    await tablet.page.context.set_offline(False)
    await tablet.sees("2/5")
    await expect(tablet.page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_double_tap_answers_one_question(stands: Standing, scripts: bool) -> None:
    tablet = await stands(java_script_enabled=scripts)
    await tablet.taps("시작하기")
    await tablet.page.get_by_role("button", name="보통이다").dblclick()
    await tablet.sees("2/5")
    await tablet.page.wait_for_timeout(600)
    await tablet.sees("2/5")


async def test_pressing_twice_while_it_is_being_sent_sends_once(stands: Standing) -> None:
    tablet = await stands()
    await tablet.taps("시작하기")
    sent: list[Any] = []
    await tablet.page.route("**/kiosk/*", lambda route: sent.append(route))  # nothing is let through
    await tablet.page.get_by_role("button", name="보통이다").focus()
    for _ in range(2):
        await tablet.page.keyboard.press("Enter")
    await tablet.page.wait_for_timeout(300)
    assert len(sent) == 1


async def test_a_screen_that_has_just_come_takes_no_tap_yet(stands: Standing) -> None:
    tablet = await stands()
    await tablet.taps("시작하기")
    await tablet.page.evaluate(TAPPED_AT_ONCE)
    await tablet.taps("보통이다")
    assert await tablet.page.evaluate("tapped") == "2/5 body"
    await tablet.page.get_by_role("button", name="5", exact=True).click()
    await tablet.sees("3/5")


@pytest.mark.parametrize("viewport", [TABLET, LYING, PHONE], ids=["standing", "lying", "phone"])
async def test_every_screen_fits_and_can_be_tapped(stands: Standing, viewport: dict[str, int]) -> None:
    tablet = await stands(viewport)
    await tablet.taps("시작하기")
    for said in BRIEF.values():
        assert (await tablet.overflow(), await tablet.small_buttons()) == (0, [])
        assert await tablet.smallest_type() >= 24
        await tablet.gives(said)
    await tablet.page.locator("summary").click()
    assert (await tablet.overflow(), await tablet.small_buttons()) == (0, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_wrong(shown_stand: Stand, stands: Standing, scheme: str) -> None:
    tablet = await stands(color_scheme=scheme, code=shown_stand.brief.code)
    assert await tablet.violations() == []
    await tablet.taps("시작하기")
    for question, said in BRIEF.items():
        assert await tablet.violations() == [], question
        if question == "Q5":
            await tablet.gives("전화 010-0000-0000")
            assert await tablet.violations() == []
        await tablet.gives(said)
    assert await tablet.violations() == []
    await tablet.taps("보내기")
    assert await tablet.violations() == []


async def test_axe_finds_nothing_wrong_where_a_code_or_a_survey_or_a_number_is_asked_for(
    shown_stand: Stand, stands: Standing
) -> None:
    await shown_stand.school.gets(kiosks.HAND_OUT.work, code="수요조사", people=1)
    tablet = await stands(code=shown_stand.needs.code)
    await tablet.page.locator("input[name=slip]").fill("1234")
    await tablet.taps("시작하기")
    await tablet.sees("응답 번호가 다르거나")
    assert await tablet.violations() == []
    await tablet.page.goto(f"{shown_stand.url}/kiosk")
    assert (await tablet.violations(), await tablet.small_buttons()) == ([], [])
    await tablet.page.context.clear_cookies()
    await tablet.page.reload()
    tablet.complaints.clear()
    assert (await tablet.violations(), await tablet.small_buttons()) == ([], [])


async def test_a_code_typed_with_scripts_leads_to_the_survey_and_stays(shown_stand: Stand, stands: Standing) -> None:
    tablet = await stands()
    await tablet.page.context.clear_cookies()
    await tablet.page.reload()
    tablet.complaints.clear()
    told = await shown_stand.school.gets(kiosks.ALLOW.work, name="1층 태블릿")
    await tablet.page.locator("input[name=code]").fill(told.title.split(": ")[1])
    async with tablet.page.expect_navigation():
        await tablet.page.get_by_role("button", name="이 기기에서 쓰기").click()
    await tablet.sees("시작하기")
    assert tablet.page.url.endswith(f"/kiosk/{shown_stand.brief.code}")


async def test_axe_finds_nothing_wrong_with_a_countdown_and_a_refusal(stands: Standing) -> None:
    tablet = await stands(clock=True)
    await tablet.taps("시작하기")
    await tablet.page.clock.run_for(65_000)
    assert await tablet.violations() == []
    await tablet.page.goto(tablet.page.url + "x")
    tablet.complaints.clear()
    assert await tablet.violations() == []


async def test_the_keyboard_alone_is_enough_and_the_focus_is_seen(stands: Standing) -> None:
    tablet = await stands()
    await tablet.tabs_to("시작하기")
    await tablet.next(tablet.page.keyboard.press("Enter"))
    await tablet.page.keyboard.press("Tab")
    assert (await tablet.focus(), await tablet.outline()) == ("전혀 그렇지 않다", "solid 4px")
    await tablet.next(tablet.page.keyboard.press("Enter"))
    await tablet.tabs_to("10")
    await tablet.next(tablet.page.keyboard.press("Enter"))
    await tablet.sees("3/5")


async def test_several_are_ticked_by_keyboard(stands: Standing) -> None:
    tablet = await stands()
    await tablet.answers(BRIEF, until="Q3")
    for key in ("Tab", "Space", "Tab", "Space"):
        await tablet.page.keyboard.press(key)
    assert await tablet.outline(".toggle") == "solid 4px"
    await tablet.tabs_to("다 골랐어요")
    await tablet.next(tablet.page.keyboard.press("Enter"))
    await tablet.sees("4/5")


async def test_the_language_of_the_page_is_that_of_whom_it_speaks_to(stands: Standing) -> None:
    tablet = await stands(clock=True)
    await tablet.taps("English")
    await expect(tablet.page.locator("html")).to_have_attribute("lang", "en")
    async with tablet.page.expect_navigation():
        await tablet.page.clock.run_for(76_000)
    await expect(tablet.page.locator("html")).to_have_attribute("lang", "ko")


async def test_a_number_on_a_tablet_is_called_instead_of_leading_to_the_start(stands: Standing) -> None:
    tablet = await stands(code="22222222")
    taps = "number => number.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))"
    assert await tablet.page.locator('[href^="tel:"]').evaluate(taps)
    tablet.complaints.clear()  # the browser's own, of a page that isn't there

"""Everybody can use the web chat: by keyboard, with a screen reader, in the dark, on a small or magnified screen."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import expect

from tests.support.web.browsers import DESK, IN_BROWSER, PHONE, Arriving, Resident

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]

_READS = """() => {
    const isLive = (at) => at && ["polite", "assertive"].includes(at.getAttribute("aria-live") ??
        { log: "polite", status: "polite", alert: "assertive" }[at.getAttribute("role")]);
    const around = (at) => at.closest("[aria-live], [role=log], [role=status], [role=alert]");
    new MutationObserver((changes) => changes.forEach(({ target, addedNodes }) => addedNodes.forEach((added) => {
        if (isLive(around(target)) && added.textContent.trim()) window.reads(added.textContent);
    }))).observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", ({ target }) => target.matches(".reply") && window.reads(target.innerText));
}"""


async def _answers_late(route: Any) -> None:
    answer = await route.fetch()
    await asyncio.sleep(0.5)
    await route.fulfill(response=answer)


SCREENS = ("강좌", "정리수납", "도움말", "내 신청", "소식")


async def test_the_keyboard_alone_is_enough(arrives: Arriving) -> None:
    resident = await arrives()
    for label in ("강좌 찾기", "바리스타 2급", "신청하기", "동의하고 계속"):
        await resident.tabs_to(label)
        await resident.replied(resident.page.keyboard.press("Enter"))
        assert await resident.focus() == "reply"
    await resident.tabs_to("say")
    await resident.page.keyboard.type("청구동")
    await resident.replied(resident.page.keyboard.press("Enter"))
    assert await resident.focus() == "say"


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
async def test_the_focus_is_never_covered(arrives: Arriving, key: str) -> None:
    resident = await arrives()
    for screen in ("강좌", "바리스타"):
        await resident.says(screen)
    covered = []
    for _ in range(await resident.page.locator("button:visible, a[href]").count() + 1):
        await resident.page.keyboard.press(key)
        covered += [await resident.focus()] if await resident.focus_is_covered() else []
    assert covered == []


async def test_the_first_tab_leads_past_the_conversation(arrives: Arriving) -> None:
    resident = await arrives()
    await resident.tabs_to("글 적는 칸으로 바로 가기")
    await resident.page.keyboard.press("Enter")
    assert await resident.focus() == "say"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_wrong(arrives: Arriving, scheme: str) -> None:
    resident = await arrives(color_scheme=scheme)
    assert await resident.violations() == []
    for screen in SCREENS:
        await resident.says(screen)
        await resident.is_photographed(f"{scheme}-{screen}")
    await resident.fills_in()
    await resident.presses("이대로 신청하기")
    await resident.presses("달력에 넣기")
    assert await resident.violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_wrong_with_a_refusal(arrives: Arriving, scheme: str) -> None:
    resident = await arrives(color_scheme=scheme, java_script_enabled=True, path="/files/1")
    resident.complaints.clear()
    assert await resident.violations() == []


@pytest.mark.parametrize(("width", "type_size"), [(320, "18px"), (360, "36px")])
async def test_nothing_has_to_be_scrolled_sideways(arrives: Arriving, width: int, type_size: str) -> None:
    resident = await arrives({"width": width, "height": 740})
    await resident.page.evaluate(f"document.documentElement.style.fontSize = '{type_size}'")
    for screen in (*SCREENS, "가" * 300, "http://example.invalid/" + "x" * 300):
        await resident.says(screen)
        assert await resident.overflow() <= 0, screen
    await resident.fills_in()
    assert await resident.overflow() <= 0
    await resident.is_photographed(f"narrow-{type_size}")


@pytest.mark.parametrize("viewport", [PHONE, DESK])
async def test_what_can_be_tapped_is_large_enough(arrives: Arriving, viewport: dict[str, int]) -> None:
    resident = await arrives(viewport)
    assert await resident.small_targets(44) == []
    for screen in SCREENS:
        await resident.says(screen)
        assert await resident.small_targets(44) == []
        assert await resident.small_targets(24) == []


@pytest.fixture
def told() -> list[str]:
    """What a screen reader would read by itself: what live regions say, and what gets the focus."""
    return []


async def listens(resident: Resident, told: list[str]) -> Resident:
    await resident.page.expose_function("reads", lambda words: told.append(words))
    await resident.page.evaluate(_READS)
    return resident


@pytest.mark.parametrize("stream", ["comes first", "comes later", "breaks"])
@pytest.mark.parametrize("way", ["pressed", "typed"])
async def test_a_reply_is_read_aloud_once(arrives: Arriving, told: list[str], way: str, stream: str) -> None:
    resident = await listens(await arrives(), told)
    if stream == "comes first":
        await resident.page.route("**/say", _answers_late)
    if stream == "breaks":
        await resident.page.route("**/events*", lambda route: route.abort())
    await (resident.presses("강좌 찾기") if way == "pressed" else resident.says("강좌"))
    await resident.page.wait_for_timeout(500)
    assert sum("지금 접수하는 강좌" in each for each in told) == 1
    resident.complaints.clear()


async def test_what_comes_by_itself_is_read_aloud_once(arrives: Arriving, told: list[str]) -> None:
    first = await listens(await arrives(), told)
    second = await first.tab()
    await second.says("강좌")
    await first.page.locator(".turn").nth(1).wait_for()
    await first.page.wait_for_timeout(300)
    assert sum("지금 접수하는 강좌" in each for each in told) == 1


async def test_the_start_of_the_newest_reply_is_on_the_screen(arrives: Arriving) -> None:
    resident = await arrives()
    await resident.says("강좌")
    await resident.says("바리스타")
    await expect(resident.page.locator(".said").last).to_be_in_viewport()
    await resident.page.reload()
    await expect(resident.page.locator(".said").last).to_be_in_viewport()

"""Simple mode in a real Chromium: large letters, little at once, and a voice where the browser has one."""

import pytest
from playwright.async_api import expect

from tests.support.web.browsers import IN_BROWSER, Arriving, Resident

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]
PHONE = {"width": 390, "height": 780}
SMALLEST = """() => Math.min(...[...document.querySelectorAll("#log *, .composer *, .leaving *")]
    .filter(each => each.checkVisibility() && !each.closest(".who") && each.innerText?.trim() && !each.children.length)
    .map(each => parseFloat(getComputedStyle(each).fontSize)))"""
VOICES = """([lang]) => {
    window.spoken = [];
    const speechSynthesis = {
        getVoices: () => [{ lang }], addEventListener() {}, cancel() { spoken.push("-"); },
        speak(said) { spoken.push(said.lang, said.text); },
    };
    Object.defineProperty(window, "speechSynthesis", { value: speechSynthesis });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""


async def changes(resident: Resident, how: str) -> None:
    """The page is loaded again in its new look."""
    async with resident.page.expect_event("load"):
        await resident.page.get_by_role("textbox").fill(how)
        await resident.page.keyboard.press("Enter")


async def hears(resident: Resident, lang: str) -> None:
    await resident.page.add_init_script(f"({VOICES})(['{lang}'])")
    await changes(resident, "쉽게")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390])
async def test_letters_are_large_on_every_screen_of_a_registration(arrives: Arriving, scheme: str, width: int) -> None:
    resident = await arrives({**PHONE, "width": width}, color_scheme=scheme)
    await changes(resident, "글씨가 작아요")
    for said in ("강좌", "바리스타", "신청하기", "동의하고 계속", "청구동", "홍길동"):
        await resident.says(said)
        assert await resident.page.evaluate(SMALLEST) >= 20
        assert await resident.violations() == []
        assert (await resident.small_targets(44), await resident.overflow()) == ([], 0)
        await resident.is_photographed(f"simple-{said}")


async def test_letters_become_usual_again(arrives: Arriving) -> None:
    resident = await arrives(PHONE)
    await changes(resident, "쉽게")
    await changes(resident, "보통으로")
    assert not await resident.page.evaluate("document.documentElement.classList.contains('simple')")
    assert not await resident.page.get_by_text("읽어 드려요").count()


async def test_a_button_of_the_page_switches_it_without_scripts_too(arrives: Arriving) -> None:
    resident = await arrives(PHONE, java_script_enabled=False)
    await resident.page.get_by_role("button", name="쉽고 크게 보기").click()
    await expect(resident.page.locator("html")).to_contain_class("simple")
    await expect(resident.page.locator(".turn").last).to_contain_text("세 가지씩")
    await expect(resident.page.locator(".aloud").first).to_be_hidden()
    await resident.page.get_by_role("button", name="보통 크기로 보기").click()
    await expect(resident.page.locator("html")).not_to_have_class("simple")


async def test_another_tab_takes_the_new_look_too(arrives: Arriving) -> None:
    first = await arrives(PHONE)
    second = await first.tab()
    await changes(first, "쉽게")
    await expect(second.page.locator("html")).to_contain_class("simple")


async def test_where_one_writes_it_is_said_that_one_can_speak(arrives: Arriving) -> None:
    resident = await arrives(PHONE)
    await changes(resident, "쉽게")
    await expect(resident.page.get_by_role("textbox", name="적거나 자판의 마이크로 말씀하세요")).to_be_visible()


async def test_a_bubble_is_read_in_its_language_and_a_second_press_ends_that(arrives: Arriving) -> None:
    resident = await arrives(PHONE)
    await hears(resident, "ko-KR")
    aloud = resident.page.get_by_role("button", name="읽어 드려요").last
    await resident.reads()
    await aloud.click()
    _, lang, text = await resident.page.evaluate("spoken")
    assert lang == "ko-KR"
    assert "세 가지씩" in text
    assert "강좌 찾기" in text
    await resident.reads()
    await aloud.click()
    assert await resident.page.evaluate("spoken.at(-1)") == "-"
    await expect(aloud).to_have_attribute("aria-pressed", "false")


async def test_nothing_offers_to_read_where_no_voice_speaks_the_language(arrives: Arriving) -> None:
    resident = await arrives(PHONE)
    await hears(resident, "fr-FR")
    await expect(resident.page.locator(".aloud").last).to_be_hidden()

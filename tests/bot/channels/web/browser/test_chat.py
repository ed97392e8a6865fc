"""The web chat in a real Chromium: residents of all kinds at their screens."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.support.web.browsers import IN_BROWSER, Arriving
from tests.support.web.site import Site

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]


async def test_a_resident_finds_a_course_registers_and_cancels(arrives: Arriving) -> None:
    resident = await arrives()
    await resident.is_photographed("greeting")
    assert "휴대전화" in await resident.fills_in()
    await resident.is_photographed("summary")
    assert "자리가 정해졌어요" in await resident.presses("이대로 신청하기")
    assert "참여확정" in await resident.presses("내 신청 보기")
    await resident.presses("신청 취소하기")
    assert "취소했어요" in await resident.presses("네, 취소할게요")


async def test_the_same_journey_works_without_javascript(arrives: Arriving) -> None:
    resident = await arrives(java_script_enabled=False)
    page = resident.page
    for label in ("강좌 찾기", "바리스타 2급", "신청하기", "동의하고 계속"):
        await resident.button(label).click()
    for answer in ("청구동", "홍길동", "1983", "010-0000-0001"):
        await page.get_by_role("textbox").fill(answer)
        await page.get_by_role("button", name="보내기").click()
    await resident.button("이대로 신청하기").click()
    await expect(page.locator(".turn").last).to_contain_text("자리가 정해졌어요")
    assert page.url.endswith("/#newest")


async def test_a_reload_keeps_everything_even_a_half_filled_form(arrives: Arriving) -> None:
    resident = await arrives()
    await resident.says("바리스타")
    await resident.presses("신청하기")
    await resident.presses("동의하고 계속")
    before = await resident.turns()
    await resident.page.reload()
    assert await resident.turns() == before
    assert "이름을 적어" in await resident.says("청구동")


async def test_a_number_can_be_typed_instead_of_pressing_the_button(arrives: Arriving) -> None:
    resident = await arrives()
    assert "지금 접수하는 강좌" in await resident.says("1")
    assert "꽃차소믈리에" in await resident.says("2")
    assert "수강신청을 위해" in await resident.says("1번")


async def test_two_tabs_show_one_conversation_and_no_message_twice(arrives: Arriving) -> None:
    first = await arrives()
    second = await first.tab()
    await first.says("강좌")
    await expect(second.page.locator(".turn").last).to_contain_text("지금 접수하는 강좌")
    await second.presses("꽃차소믈리에")
    await expect(first.page.locator(".turn").last).to_contain_text("비용")
    assert await first.turns() == await second.turns()
    assert len(await first.turns()) == 3


async def test_a_message_that_is_pushed_leaves_the_focus_and_the_typed_text_alone(arrives: Arriving) -> None:
    first = await arrives()
    second = await first.tab()
    await first.page.get_by_role("textbox").fill("아직 적고 있")
    await second.says("강좌")
    await expect(first.page.locator(".turn").last).to_contain_text("지금 접수하는 강좌")
    assert await first.focus() == "say"
    assert await first.page.get_by_role("textbox").input_value() == "아직 적고 있"


async def test_a_flyer_leads_to_its_course_once(arrives: Arriving) -> None:
    resident = await arrives(path="/?start=c2-from-POSTER")
    assert "꽃차소믈리에" in await resident.newest()
    await resident.presses("신청하기")
    assert len(await resident.turns()) == 2
    assert resident.page.url.endswith("/")


async def test_the_whole_page_changes_its_language_with_the_resident(arrives: Arriving) -> None:
    resident = await arrives()
    await resident.reads()
    await resident.button("English").click()
    await expect(resident.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    await expect(resident.page.locator("html")).to_have_attribute("lang", "en")
    assert "Find a course" in await resident.newest()


async def test_what_could_not_be_sent_stays_and_is_sent_once_later(arrives: Arriving) -> None:
    resident = await arrives()
    await resident.says("도움말")
    await resident.page.context.set_offline(True)
    await resident.page.get_by_role("textbox").fill("바리스타")
    await resident.page.keyboard.press("Enter")
    await expect(resident.page.locator("#waiting")).to_contain_text("저절로 다시 보낼")
    assert await resident.page.get_by_role("textbox").input_value() == "바리스타"
    resident.complaints.clear()
    await resident.page.context.set_offline(False)
    await resident.page.get_by_role("button", name="다시 보내기").click()
    await expect(resident.page.locator(".turn")).to_have_count(3)
    await expect(resident.page.locator("#waiting")).to_be_empty()
    assert await resident.page.get_by_role("textbox").input_value() == ""


async def test_an_answer_that_was_lost_on_its_way_is_not_asked_for_twice(arrives: Arriving) -> None:
    resident = await arrives()
    await resident.page.route("**/say", _answer_is_lost, times=1)
    await resident.page.get_by_role("textbox").fill("강좌")
    await resident.page.keyboard.press("Enter")
    await expect(resident.page.get_by_role("textbox")).to_have_value("")
    assert sum(turn.startswith("내가 한 말") for turn in await resident.turns()) == 1
    resident.complaints.clear()


@pytest.mark.parametrize(
    "refused", [{"status": 429, "headers": {"Retry-After": "1"}}, {"status": 503}, {"status": 502}]
)
async def test_what_was_refused_for_now_is_sent_again_by_itself(arrives: Arriving, refused: dict[str, Any]) -> None:
    resident = await arrives()
    sent: list[str] = []
    resident.page.on("request", lambda request: sent.append(request.post_data or "") if "/say" in request.url else None)
    await resident.page.route("**/say", lambda route: route.fulfill(body="busy", **refused), times=2)
    await resident.page.get_by_role("textbox").fill("강좌")
    await resident.page.keyboard.press("Enter")
    await expect(resident.page.locator("#waiting")).to_contain_text("저절로 다시 보낼")
    await expect(resident.page.locator(".turn").last).to_contain_text("지금 접수하는 강좌")
    assert (len(sent), len(set(sent))) == (3, 1)
    resident.complaints.clear()


async def test_a_double_click_sends_once(arrives: Arriving) -> None:
    resident = await arrives()
    await resident.reads()
    await resident.button("강좌 찾기").dblclick()
    await expect(resident.page.locator(".turn")).to_have_count(2)
    await resident.page.reload()
    assert len(await resident.turns()) == 2


async def test_a_lost_connection_is_told(arrives: Arriving, shown_site: Site) -> None:
    resident = await arrives()
    await resident.says("도움말")
    shown_site.chat.close()
    await expect(resident.page.locator("#lost")).to_contain_text("연결이 끊겼어요")
    resident.complaints.clear()


async def _answer_is_lost(route: Any) -> None:
    await route.fetch()
    await route.abort()

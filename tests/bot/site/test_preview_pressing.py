"""The KakaoTalk preview in a real Chromium: pressing says what KakaoTalk would, and everybody can use it."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.support.kakao.made_up import ANSWERS, Skill
from tests.support.web.browsers import DESK, IN_BROWSER, PHONE
from tests.support.web.officers import Opening

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]

PRESSED = [
    ("글 카드", "내 신청 보기", ("내 신청", None, "CARD_BUTTON_MESSAGE")),
    ("글 카드", "신청 취소하기", ("신청 취소하기", {"path": "mine/7/cancel"}, "CARD_BUTTON_BLOCK")),
    ("목록", "바리스타 2급", ("바리스타 2급 자격과정", {"path": "courses/1"}, "LIST_ITEM_BLOCK")),
    ("목록", "꽃차소믈리에", ("꽃차", None, "LIST_ITEM_MESSAGE")),
    ("목록", "다음 쪽", ("다음", {"path": "courses/open/2"}, "CARD_BUTTON_MESSAGE")),
    ("항목들", "신청하기", ("신청하기", None, "CARD_BUTTON_MESSAGE")),
    ("글", "처음으로", ("처음으로", None, "QUICKREPLY_BUTTON_MESSAGE")),
    ("글", "내 신청", ("내 신청", {"path": "mine"}, "QUICKREPLY_BUTTON_BLOCK")),
]


@pytest.mark.parametrize(("said", "label", "heard"), PRESSED)
async def test_a_press_says_its_words_and_carries_its_extra(
    opens: Opening, made_up_skill: Skill, said: str, label: str, heard: tuple[str, Any, str]
) -> None:
    officer = await opens()
    await officer.tries(said)
    await officer.taps(label)
    assert made_up_skill.heard == heard
    await expect(officer.page.locator(".said .bubble").last).to_have_text(heard[0])


async def test_quick_replies_are_gone_once_one_is_used(opens: Opening) -> None:
    officer = await opens()
    quick = officer.page.get_by_role("group", name="바로 답하기")
    await officer.tries("글")
    await expect(quick.locator(".pill")).to_have_text(["처음으로", "내 신청", "누리집", "전화"])
    await officer.taps("처음으로")
    await expect(quick).to_be_hidden()


async def test_quick_replies_are_gone_once_something_is_typed(opens: Opening) -> None:
    officer = await opens()
    await officer.tries("글")
    await officer.tries("빈 답")
    await expect(officer.page.get_by_role("group", name="바로 답하기")).to_be_hidden()


async def test_the_page_offers_first_words(opens: Opening, made_up_skill: Skill) -> None:
    officer = await opens()
    await officer.taps("도움말")
    assert made_up_skill.heard == ("도움말", None, "TEXT_INPUT")
    await expect(officer.page.get_by_role("group", name="바로 답하기")).to_be_hidden()


async def test_somebody_stays_the_same_until_somebody_else_begins(opens: Opening, made_up_skill: Skill) -> None:
    officer = await opens()
    await officer.tries("하나")
    await officer.page.reload()
    await officer.tries("둘")
    await officer.page.get_by_role("button", name="새 사람").click()
    await officer.tries("셋")
    first, second, third = made_up_skill.users
    assert first == second != third


# --- for everybody ---


async def test_the_raw_answer_and_its_size_stand_beside_the_phone(opens: Opening) -> None:
    officer = await opens(DESK)
    raw = officer.page.get_by_role("complementary", name="마지막 응답")
    await officer.tries("빈 답")
    await expect(raw).to_contain_text("43 / 30,720바이트")
    await expect(raw.locator("pre")).to_contain_text('"outputs": []')


async def test_a_phone_shows_nothing_but_the_conversation(opens: Opening) -> None:
    officer = await opens(PHONE)
    await officer.tries("글")
    await expect(officer.page.locator(".raw")).to_be_hidden()


@pytest.mark.parametrize(("width", "type_size"), [(360, "16px"), (320, "18px"), (360, "32px")])
async def test_the_page_itself_never_moves_sideways(opens: Opening, width: int, type_size: str) -> None:
    officer = await opens({"width": width, "height": 740})
    await officer.page.evaluate(f"document.documentElement.style.fontSize = '{type_size}'")
    for said in (*ANSWERS, "가" * 300, "x" * 300):
        await officer.tries(said)
        assert await officer.overflow() <= 0, said


@pytest.mark.parametrize("viewport", [PHONE, DESK])
async def test_axe_finds_nothing_wrong(opens: Opening, viewport: dict[str, int]) -> None:
    officer = await opens(viewport)
    assert await officer.violations() == []
    for said in (*ANSWERS, "글"):
        await officer.tries(said)
        await officer.is_photographed(f"kakao-{viewport['width']}-{said}")
    assert await officer.violations() == []


async def test_the_keyboard_alone_is_enough(opens: Opening, made_up_skill: Skill) -> None:
    officer = await opens()
    await officer.tries("글 카드")
    await officer.tabs_to("신청 취소하기")
    await officer.hears(officer.page.keyboard.press("Enter"))
    assert await officer.focus() == "신청 취소하기"
    await officer.tries("글")
    await officer.tabs_to("처음으로")
    newest = await officer.hears(officer.page.keyboard.press("Enter"))
    await expect(newest).to_be_focused()
    assert [said["userRequest"]["utterance"] for said, _ in made_up_skill.asked] == [
        "글 카드",
        "신청 취소하기",
        "글",
        "처음으로",
    ]

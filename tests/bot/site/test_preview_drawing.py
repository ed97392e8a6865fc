"""The KakaoTalk preview in a real Chromium: every kind of answer is drawn, and cut where KakaoTalk cuts."""

import pytest
from playwright.async_api import expect

from tests.support.kakao.made_up import MARKUP, PICTURE
from tests.support.web.browsers import IN_BROWSER
from tests.support.web.officers import Opening

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]

SHOWN = {
    "글": ["안녕하세요. 중구 배움톡이에요."],
    "글 카드": ["바리스타 2급 자격과정", "○○평생학습관 3층", "내 신청 보기", "신청 취소하기"],
    "그림 카드": ["꽃차소믈리에", "제철 꽃으로", "강좌 안내", "전화하기"],
    "목록": ["지금 접수하는 강좌", "6자리 남음", "꽃차소믈리에", "강좌 누리집", "마감된 강좌", "다음 쪽"],
    "항목": [
        "수강신청 내역",
        "참여확정",
        "접수번호 1024",
        "장소",
        "3층 조리실",
        "80,000원",
        "준비물",
        "앞치마",
        "취소",
    ],
    "글 카드들": ["바리스타 2급 자격과정", "신청 취소하기"],
    "그림 카드들": ["이달의 강좌", "골라 보세요", "꽃차소믈리에"],
    "목록들": ["모두 8개예요.", "지금 접수하는 강좌", "다음 쪽"],
    "항목들": ["평생학습팀", "강사", "홍길동", "신청하기"],
}


@pytest.mark.parametrize("said", SHOWN)
async def test_each_kind_shows_all_its_words(opens: Opening, said: str) -> None:
    answer = await (await opens()).tries(said)
    for words in SHOWN[said]:
        await expect(answer).to_contain_text(words)


@pytest.mark.parametrize(
    ("said", "cards", "pictures"),
    [
        ("그림", 0, 1),
        ("그림 카드", 1, 1),
        ("목록", 1, 1),
        ("항목", 1, 1),
        ("글 카드들", 3, 0),
        ("그림 카드들", 3, 2),
        ("항목들", 2, 4),
    ],
)
async def test_cards_and_pictures_are_all_there(opens: Opening, said: str, cards: int, pictures: int) -> None:
    answer = await (await opens()).tries(said)
    await expect(answer.locator(".card")).to_have_count(cards)
    await expect(answer.locator(f".bubbles img[src='{PICTURE}']")).to_have_count(pictures)


async def test_a_carousel_is_moved_sideways_within_the_phone(opens: Opening) -> None:
    officer = await opens()
    carousel = (await officer.tries("글 카드들")).get_by_role("group", name="옆으로 넘기는 카드")
    last = carousel.locator(".card").last
    await expect(last).not_to_be_in_viewport()
    await carousel.evaluate("each => each.scrollLeft = each.scrollWidth")
    await expect(last).to_be_in_viewport()


async def test_a_picture_that_comes_late_is_on_the_screen_whole(opens: Opening) -> None:
    officer = await opens()
    await officer.tries("긴 글")
    await expect((await officer.tries("그림")).locator(".image")).to_be_in_viewport(ratio=1)


async def test_a_long_text_is_folded_after_500_characters(opens: Opening) -> None:
    officer = await opens()
    answer = await officer.tries("긴 글")
    await expect(answer.locator(".words")).to_have_text("가" * 499 + "나…")
    await answer.get_by_role("button", name="전체 보기").click()
    await expect(answer.locator(".words")).to_have_text("가" * 499 + "나다" + "라" * 499)
    await expect(answer.get_by_role("button")).to_have_count(0)


async def test_labels_are_cut_where_kakaotalk_cuts_them(opens: Opening) -> None:
    labels = (await (await opens()).tries("긴 이름")).locator(".button")
    await expect(labels).to_have_text(["가나다라마바사아자차카타파하…", "가나다라마바사아…", "둘"])


async def test_markup_is_shown_as_text(opens: Opening) -> None:
    officer = await opens()
    await officer.tries("표시")
    await officer.taps("<b>답</b>")
    for place in (".said .bubble", ".answered .bubble", ".head", ".row b", ".row span span", "dd", ".body .title"):
        await expect(officer.page.locator(f"#log {place}", has_text=MARKUP).first).to_be_visible()
    assert await officer.page.locator("img[src=x], .words b, .button b, .bubble b").count() == 0


async def test_a_link_opens_elsewhere_and_a_number_is_dialled(opens: Opening) -> None:
    answer = await (await opens()).tries("그림 카드")
    link = answer.get_by_role("link", name="강좌 안내")
    await expect(link).to_have_attribute("href", "https://example.go.kr/c/1")
    await expect(link).to_have_attribute("target", "_blank")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(answer.get_by_role("link", name="전화하기")).to_have_attribute("href", "tel:02-000-0000")


async def test_an_address_of_the_web_in_a_text_can_be_opened(opens: Opening) -> None:
    answer = await (await opens()).tries("글")
    await expect(answer.get_by_role("link")).to_have_attribute("href", "https://example.go.kr/")


async def test_an_address_that_is_a_script_leads_nowhere(opens: Opening) -> None:
    answer = await (await opens()).tries("이상한 주소")
    await expect(answer).to_contain_text("누르지 마세요")
    assert await answer.locator("a").count() == 0


@pytest.mark.parametrize(
    ("said", "told"), [("빈 답", "보일 말풍선이 없어요"), ("없는 말풍선", "알 수 없는 말풍선: hologram")]
)
async def test_what_kakaotalk_would_not_show_is_told(opens: Opening, said: str, told: str) -> None:
    await expect(await (await opens()).tries(said)).to_contain_text(told)


async def test_a_skill_that_fails_is_told_and_the_conversation_goes_on(opens: Opening) -> None:
    officer = await opens()
    await expect(await officer.tries("고장")).to_contain_text("스킬 서버가 답하지 않았어요")
    await expect(await officer.tries("안녕")).to_contain_text("들은 말: 안녕")
    assert len(officer.complaints) == 1  # the browser's own note of the failed request
    officer.complaints.clear()

"""A course on a phone with KakaoTalk: what decides is one card with its button, all the rest is one tap away."""

import pytest

pytestmark = pytest.mark.on_sqlite


async def test_what_decides_is_one_item_card_with_the_button_below(school, talker):
    hana = talker()
    await school.opens()
    await hana.says("바리스타")
    text, card = hana.answer["template"]["outputs"]
    assert text["simpleText"]["text"] == "지금 신청할 수 있어요."
    names = [item["title"] for item in card["itemCard"]["itemList"]]
    assert names == ["대상", "교육기간", "수업 시간", "장소", "자리", "비용", "접수 마감"]
    assert [button["label"] for button in card["itemCard"]["buttons"]] == ["신청하기"]


async def test_all_the_rest_is_one_tap_away_with_the_same_button(school, talker):
    hana = talker()
    await school.opens()
    await hana.says("바리스타")
    more = await hana.presses("자세히")
    assert [fact in more for fact in ("에스프레소", "걸어서 3분", "80% 이상 출석", "강사 A")] == [True] * 4
    assert "개인정보" in await hana.presses("신청하기")


async def test_a_friend_is_sent_a_card_that_opens_by_a_link(school, talker):
    hana = talker()
    course = await school.opens()
    await hana.says("바리스타")
    await hana.presses("자세히")
    await hana.presses("친구에게 알리기")
    *_, card = hana.answer["template"]["outputs"]
    share, look = card["textCard"]["buttons"]
    assert share == {"label": "친구에게 보내기", "action": "share"}
    assert look["webLinkUrl"].endswith(f"/?start=c{course}-from-friend")
    assert card["textCard"]["title"] == "바리스타 2급"

"""Opting out at a word, in a form and outside of one; the language changes only when that is asked for."""

import pytest

pytestmark = pytest.mark.on_sqlite


async def with_news(visitor):
    resident = visitor()
    await resident.goes_to("news/news/on")
    return resident


async def news(resident):
    return "새 강좌 소식: 받고 있어요" in await resident.goes_to("news")


@pytest.mark.parametrize("said", ["무료 수신거부", "소식 끄기", "광고 거부합니다", "그만 보내 주세요", "구독 취소"])
async def test_a_plain_word_stops_all_news(visitor, said):
    resident = await with_news(visitor)
    assert "소식을 보내지 않아요" in await resident.says(said)
    assert not await news(resident)


@pytest.mark.parametrize("said", ["알림 꺼 주세요", "안 받을래요", "동의 철회", "해지"])
async def test_what_may_mean_it_offers_to_stop(visitor, said):
    resident = await with_news(visitor)
    await resident.says(said)
    assert await news(resident)
    await resident.says(said)
    await resident.presses("소식 모두 그만 받기")
    assert not await news(resident)


@pytest.mark.parametrize("said", ["취소", "신청 취소", "광고 디자인 강좌", "그만두기"])
async def test_giving_up_something_else_stops_no_news(visitor, said):
    resident = await with_news(visitor)
    await resident.says(said)
    assert await news(resident)


async def test_a_word_of_the_law_stops_news_inside_a_form_and_the_form_goes_on(school, visitor):
    resident = await with_news(visitor)
    await resident.fills_in(await school.opens(), until="name")
    assert "소식을 보내지 않아요" in await resident.says("수신거부")
    assert "태어난 해" in await resident.says("홍길동")
    assert not await news(resident)


@pytest.mark.parametrize(("before", "said"), [("/korean", "영어"), ("/korean", "영어 회화"), ("/english", "한국어")])
async def test_the_name_of_a_language_is_no_wish_to_speak_it(visitor, before, said):
    resident = visitor()
    await resident.says(before)
    await resident.goes_to("contact")
    await resident.says(said)
    assert ("이렇게 쓰시면" in await resident.goes_to("help")) is (before == "/korean")


@pytest.mark.parametrize(("there", "back"), [("/english", "/korean"), ("English", "한국어로 바꾸기")])
async def test_a_language_is_changed_by_asking_for_it(visitor, there, back):
    resident = visitor()
    await resident.says(there)
    assert "This is how it works" in await resident.says("help")
    await resident.says(back)
    assert "이렇게 쓰시면" in await resident.says("도움말")

"""Browsing and searching job postings, keeping one, and not wanting to see one."""

import pytest

pytestmark = pytest.mark.on_sqlite


async def test_the_newest_are_listed_with_company_place_pay_and_closing_day(school, market, visitor):
    await market.offers({"title": "홀 서비스"}, {"close_on": market.in_days(7), "until_filled": False})
    shown = await visitor().says("일자리")
    assert "예시카페 · 서울 중구 · 시급 11,000원\n11월 30일(월)까지" in shown
    assert shown.index("카페 바리스타 모집") < shown.index("홀 서비스")


async def test_a_posting_is_shown_with_its_source_and_link(market, visitor):
    someone = visitor()
    await market.offers(source="work24")
    await someone.says("채용정보")
    assert "출처: 고용24" in await someone.presses("카페 바리스타")
    assert "https://example.invalid/1" in [button.url for button in someone.screen.buttons]
    assert "마감: 뽑을 때까지" in (await someone.presses("저장하기")) + await someone.goes_to("jobs/1")


async def test_pages_are_turned(market, visitor):
    await market.offers(*({"title": f"바리스타 {number}호점"} for number in range(1, 8)))
    someone = visitor()
    assert "바리스타 7호점" in await someone.says("일자리")
    shown = await someone.presses("다음")
    assert ("바리스타 1호점" in shown, "바리스타 7호점" in shown) == (True, False)


async def test_the_own_district_and_a_field_are_looked_at_alone(market, visitor):
    await market.offers({"region": "서울 강남구", "title": "강남 카페"}, {"title": "꽃집 플로리스트", "occupation": ""})
    someone = visitor()
    await someone.says("일자리")
    assert "강남 카페" not in await someone.presses("우리 구 일자리")
    await someone.presses("분야별 일자리")
    shown = await someone.presses("화훼")
    assert ("플로리스트" in shown, "강남 카페" in shown) == (True, False)


@pytest.mark.parametrize(
    "said", ["바리스타 일자리", "바리스타알바 찾아줘", "바리스타 채용정보 알려줘", "일자리 바리스타"]
)
async def test_a_word_beside_one_for_jobs_finds_them(market, visitor, said):
    await market.offers({}, {"title": "정리수납 직원", "description": ""})
    shown = await visitor().says(said)
    assert ("카페 바리스타 모집" in shown, "정리수납" in shown) == (True, False)


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("said", "title", "other"),
    [
        ("청소 일자리", "건물 청소원", "청소년상담센터 사무원"),
        ("조리 일자리", "학교 조리원", "산후조리원 간호사"),
        ("차 알바", "전통차 카페", "주차 관리원"),
        ("카페 알바", "동네카페 직원", "카페트 시공"),
    ],
)
async def test_a_word_that_is_only_part_of_another_one_finds_nothing(market, visitor, said, title, other):
    plain = {"description": "", "company": "예시상사"}
    await market.offers({"title": title, **plain}, {"title": other, **plain})
    shown = await visitor().says(said)
    assert (title in shown, other in shown) == (True, False)


async def test_lists_of_jobs_are_turned_in_words_of_jobs(market, visitor):
    await market.offers(*({"title": f"바리스타 {number}호점"} for number in range(1, 8)))
    someone = visitor()
    await someone.says("일자리")
    await someone.presses("다음 일자리")
    labels = [button.label for button in someone.screen.all_buttons]
    assert "이전 일자리" in labels
    assert not [label for label in labels if "강좌" in label]


async def test_what_nobody_offers_is_told(market, visitor):
    assert "‘용접’ 일자리를 찾지 못했어요" in await visitor().says("용접 일자리")


async def test_a_course_is_still_found_by_its_word(school, visitor):
    await school.opens(title="취업 면접 특강")
    assert "취업 면접 특강" in await visitor().says("취업 면접")


@pytest.mark.on_both
async def test_a_kept_one_is_found_again_even_when_it_has_closed(school, market, visitor):
    await market.offers({"close_on": market.in_days(1), "until_filled": False})
    someone = visitor()
    await someone.goes_to("jobs/1")
    await someone.presses("저장하기")
    school.waits(days=3)
    assert "볼 수 있는 채용공고가 없어요" in await someone.says("일자리")
    await someone.says("저장한 일자리")
    assert "마감했거나 내려갔어요" in await someone.presses("카페 바리스타")
    assert "저장하신 일자리가 없어요" in await someone.presses("저장에서 빼기")


@pytest.mark.on_both
async def test_who_does_not_want_one_sees_it_no_more_but_others_do(market, visitor):
    await market.offers({}, {"title": "홀 서비스"})
    someone = visitor()
    await someone.goes_to("jobs/1")
    assert "이제 보여 드리지 않을게요" in await someone.presses("관심 없음")
    assert "카페 바리스타" not in await someone.says("일자리")
    assert "카페 바리스타" not in await someone.says("바리스타 일자리")
    assert "카페 바리스타" in await visitor("r2").says("일자리")


async def test_where_a_private_certificate_is_seldom_enough_one_is_warned(market, visitor):
    await market.offers({"title": "심리상담 전문가", "occupation": "231201"})
    assert "자격 요건을 꼭 확인하세요" in await visitor().goes_to("jobs/1")


@pytest.mark.parametrize(
    "path",
    [
        "jobs/99",
        "jobs/99/save",
        "jobs/99/dismiss",
        "jobs/field/99/0",
        "jobs/digest/99/on",
        "jobs/after/7",
        "jobs/digest/hourly",
    ],
)
async def test_no_button_of_another_time_breaks_anything(visitor, path):
    assert "참고 번호" not in await visitor().goes_to(path)

"""Finding a course: lists, cards, search by just typing, and the first words."""

import pytest
from sqlalchemy import select

from storage.tables import addresses, residents

pytestmark = pytest.mark.on_sqlite


async def test_the_first_word_shows_what_can_be_done(visitor):
    resident = visitor()
    assert "배움톡" in await resident.says("안녕하세요")
    shown = [button.label for button in resident.screen.buttons]
    assert shown == ["강좌 찾기", "내 신청", "일자리 보기", "소식 받기", "도움말"]


async def test_a_deep_link_opens_its_course_and_remembers_who_brought_them(school, visitor):
    course = await school.opens(title="꽃차")
    for number, link in enumerate((f"c{course}-from-centre", f"from-centre_c{course}", f"c{course}_from-centre")):
        assert "꽃차" in await visitor(f"r{number}").says(f"/start {link}")
    assert {row.origin for row in await school.rows(select(addresses.c.origin))} == {"centre"}


@pytest.mark.parametrize("link", ["c999999", "from-", "c", "x" * 64, "c12345678901234567890", "from-a-from-b"])
async def test_a_broken_deep_link_is_still_a_welcome(visitor, link):
    assert await visitor().says(f"/start {link}")


@pytest.mark.on_both
async def test_only_the_first_flyer_counts(school, visitor):
    resident = visitor()
    await resident.says("/start from-first")
    await resident.says("/start from-second")
    assert [row.origin for row in await school.rows(select(addresses.c.origin))] == ["first"]


@pytest.mark.on_both
async def test_lists_show_what_matters(school, visitor):
    await school.opens(title="바리스타")
    await school.opens(title="밤 꽃차", daypart="evening", certificate="", category="화훼")
    await school.opens(title="내일 열려요", apply_start=school.now + school.days(1))
    resident = visitor()
    lists = {said: await resident.says(said) for said in ("강좌", "접수예정", "야간", "자격증", "분야")}
    assert ["바리스타" in text for text in lists.values()] == [True, False, False, True, False]
    assert ["밤 꽃차" in text for text in lists.values()] == [True, False, True, False, False]
    assert "내일 열려요" in lists["접수예정"]
    assert "밤 꽃차" in await resident.presses("화훼")


async def test_long_lists_turn_pages_there_and_back(school, visitor):
    for number in range(14):
        await school.opens(title=f"강좌 {number:02}")
    resident = visitor()
    pages = [await resident.says("강좌"), await resident.presses("다음 강좌"), await resident.presses("다음 강좌")]
    assert [page.count("접수중") for page in pages] == [6, 6, 2]
    assert await resident.presses("이전 강좌") == pages[1]


async def test_a_typed_number_is_the_button_of_that_number(school, visitor):
    for title in ("첫째 강좌", "둘째 강좌"):
        await school.opens(title=title)
    resident = visitor()
    await resident.says("강좌")
    assert "둘째 강좌" in await resident.says("2번")


async def test_a_typed_label_is_its_button(school, visitor):
    await school.opens(title="에어컨 세정")
    resident = visitor()
    await resident.says("에어컨")
    assert "개인정보" in await resident.says("신청 하기")


@pytest.mark.parametrize(
    ("differing", "status"),
    [
        ({}, "접수중"),
        ({"apply_start": (1,)}, "접수예정"),
        ({"apply_end": (-1,)}, "접수마감"),
        ({"state": "cancelled"}, "폐강"),
        ({"state": "suspended"}, "접수중지"),
        ({"capacity": 0}, "대기접수"),
        ({"capacity": 0, "waitlist_capacity": 0}, "접수마감"),
        ({"apply_end": (-9,), "start_date": (-7,)}, "교육중"),
        ({"apply_end": (-9,), "start_date": (-30,), "end_date": (-1,)}, "교육종료"),
    ],
)
async def test_a_card_tells_the_status_in_residents_words(school, visitor, differing, status):
    course = await school.opens(**school.dated(differing))
    assert f"상태: {status}" in await visitor().goes_to(f"courses/{course}/more")


@pytest.mark.on_both
async def test_a_course_that_meets_every_other_week_says_so(school, visitor):
    course = await school.opens(every_weeks=2)
    assert "수업 시간: 격주 화요일 오전 10시~오후 1시" in await visitor().goes_to(f"courses/{course}")


async def test_the_first_screen_of_a_course_has_what_decides_and_nothing_else(school, visitor):
    resident = visitor()
    await resident.goes_to(f"courses/{await school.opens()}")
    assert resident.screen.cards[0].facts == (
        ("대상", "중구에 살거나, 일하거나, 배우는 분"), ("교육기간", "12월 8일(화) ~ 12월 29일(화)"),
        ("수업 시간", "매주 화요일 오전 10시~오후 1시"), ("장소", "실습실 A"), ("자리", "15자리 남음 (정원 15명)"),
        ("비용", "수강료 무료 · 재료비 등 180,000원"), ("접수 마감", "11월 30일(월) 오전 10시 (7일 남음)"),
    )  # fmt: skip
    assert [button.label for button in resident.screen.buttons] == ["신청하기"]


@pytest.mark.parametrize(
    ("differing", "name", "told"),
    [
        ({"open_to": "anyone"}, "대상", None),
        ({"open_to": "anyone", "minimum_age": 18}, "대상", "만 18세 이상"),
        ({"material_fee": 0, "exam_fee": 0}, "비용", "수강료 무료"),
        ({"exam_fee": 0}, "비용", "수강료 무료 · 재료비 120,000원"),
        ({"capacity": 0}, "자리", "다 찼어요 (대기 0명)"),
        ({"selection": "lottery"}, "자리", "추첨 (정원 15명, 신청 0명)"),
        ({"apply_start": (1,)}, "접수 시작", "11월 24일(화) 오전 10시"),
        ({"apply_start": (1,)}, "접수 마감", None),
        ({"apply_end": (-1,)}, "자리", None),
    ],
)
async def test_what_decides_nothing_is_not_on_the_first_screen(school, visitor, differing, name, told):
    resident = visitor()
    await resident.goes_to(f"courses/{await school.opens(**school.dated(differing))}")
    assert dict(resident.screen.cards[0].facts).get(name) == told


@pytest.mark.on_both
async def test_everything_else_that_the_record_has_is_one_tap_away_with_the_same_button(school, visitor):
    resident = visitor()
    first = await resident.goes_to(f"courses/{await school.opens(payment='첫 수업 날 현금')}")
    more = await resident.presses("자세히")
    for fact in (
        "에스프레소", "접수중", "만 14세 이상", "4회, 모두 12시간", "재료비 120,000원, 응시료 60,000원", "현금",
        "11월 20일(금) 오전 10시 ~ 11월 30일(월) 오전 10시", "15명 (신청 0명, 대기 0명)", "먼저 신청한 분부터",
        "걸어서 3분", "앞치마", "80% 이상 출석", "강사 A", "직영", "02-000-0000",
    ):  # fmt: skip
        assert (fact in first, fact in more) == (False, True)
    assert [button.label for button in resident.screen.buttons] == ["신청하기"]


async def test_what_the_first_screen_has_said_is_not_said_again(school, visitor):
    resident = visitor()
    await resident.goes_to(f"courses/{await school.opens(material_fee=0, exam_fee=0, certificate='')}")
    first = resident.screen.cards[0].facts
    await resident.presses("자세히")
    assert set(first) & set(resident.screen.cards[0].facts) == set()
    assert "비용" not in dict(resident.screen.cards[0].facts)


@pytest.mark.parametrize(
    "typed", ["바리스타를", "바리 스타", "ㅂㄹㅅㅌ", "qkfltmxk", "카페", "바리스타 신청하고 싶어요"]
)
async def test_a_course_is_found_as_people_type_it(school, visitor, typed):
    await school.opens()
    assert "매주 화요일" in await visitor().says(typed)


async def test_a_typo_is_asked_back(school, visitor):
    await school.opens()
    resident = visitor()
    assert "‘바리스타’를 찾으셨나요?" in await resident.says("발리스타")
    assert "매주 화요일" in await resident.says("1")


async def test_what_fits_nothing_is_answered_with_help(school, visitor):
    await school.opens()
    resident = visitor()
    assert "찾지 못했어요" in await resident.says("우주비행사")
    assert "강좌 찾기" in [button.label for button in resident.screen.buttons]


async def test_hidden_courses_are_nowhere(school, visitor):
    course = await school.opens(title="비밀 강좌", state="hidden")
    resident = visitor()
    seen = [await resident.says(said) for said in ("강좌", "비밀 강좌", "자격증")]
    seen.append(await resident.goes_to(f"courses/{course}"))
    seen.append(await resident.goes_to(f"courses/{course}/more"))
    assert not any("에스프레소" in text or "매주 화요일" in text for text in seen)


@pytest.mark.on_both
async def test_the_language_stays_as_it_was_chosen(visitor):
    resident = visitor()
    await resident.says("메뉴")
    await resident.presses("English")
    assert "your name" not in await resident.says("help")
    assert "This is how it works" in await resident.says("help")
    assert "이렇게 쓰시면" in await resident.says("한국어") + await resident.says("도움말")


async def test_an_english_speaker_registers_in_english(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.says("english")
    await resident.goes_to(f"forms/enroll/{course}")
    for answer in ("I agree", "청구동", "Jane Doe", "1990", "010-0000-0007", "None"):
        await resident.says(answer)
    assert "You are registered" in await resident.presses("Register now")


@pytest.mark.on_both
async def test_looking_around_stores_nobody(school, visitor):
    await school.opens()
    for said in ("강좌", "바리스타", "도움말", "문의"):
        await visitor().says(said)
    assert await school.rows(select(residents.c.id)) == []


@pytest.mark.parametrize(
    "path", ["nowhere", "courses/1/2/3", "forms/none/1", "forms/enroll/999", "mine/999", "x" * 64, "language/xx"]
)
async def test_no_button_leads_into_the_void(visitor, path):
    resident = visitor()
    assert "참고 번호" not in await resident.goes_to(path)
    assert resident.screen.all_buttons


@pytest.mark.parametrize("other", ["sticker", "photo", "voice", "edited", "contact", "group", "unreadable"])
async def test_what_is_no_text_is_answered_with_what_to_do(visitor, other):
    assert await visitor().sends(other)

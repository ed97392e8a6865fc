"""Who may take a course: where they live, what ties them to the district, and how old they are."""

import pytest

pytestmark = pytest.mark.on_sqlite


async def test_a_course_for_residents_refuses_who_lives_elsewhere_and_says_why(school, visitor):
    course = await school.opens(open_to="residents")
    resident = visitor()
    await resident.fills_in(course, until="dong")
    refusal = await resident.presses("중구에 살지 않아요")
    assert "중구에 사는 분만" in refusal
    assert "구 예산" in refusal
    assert "사는 동 고치기" in [button.label for button in resident.screen.buttons]


async def test_who_works_in_the_district_may_take_a_course_that_is_open_to_them(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.fills_in(course, until="dong")
    await resident.presses("중구에 살지 않아요")
    await resident.presses("일해요")
    for answer in ("홍길동", "1983", "010-0000-0001"):
        told = await resident.says(answer)
    assert "다니는 곳: 중구에서 일해요" in told
    assert "신청이 접수되었습니다" in await resident.submits(course)


async def test_who_has_no_tie_to_the_district_is_refused(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.fills_in(course, until="dong")
    await resident.presses("중구에 살지 않아요")
    assert "살거나, 일하거나, 배우는 분만" in await resident.presses("아니요")


async def at_dong(school, visitor, address="r1", **differing):
    resident = visitor(address)
    await resident.fills_in(await school.opens(**differing), until="dong")
    return resident


async def test_who_may_come_is_told_and_asked_before_the_name(school, visitor):
    course = await school.opens(open_to="residents")
    resident = visitor()
    assert "중구에 사는 분" in (await resident.goes_to(f"courses/{course}")).split("접수기간")[0]
    await resident.presses("신청하기")
    assert "중구에 사는 분이 신청할 수 있어요.\n어느 동에" in await resident.presses("동의하고 계속")


@pytest.mark.parametrize("said", ["청구동 살아요", "서울 중구 신당동 남산타운", "신당2동", "을지로 3가 12", "3"])
async def test_an_address_is_understood(school, visitor, said):
    resident = await at_dong(school, visitor, open_to="residents")
    assert "이름을 적어" in await resident.says(said)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("중구", "어느 동인지"),
        ("중구 살아요", "어느 동인지"),
        ("신당동 843-1", "다산동, 약수동, 청구동"),
        ("을지로 100", "어느 동인지"),
        ("봉천동", "‘봉천동’은 중구에서 찾지 못했어요"),
        ("12-3번지", "사시는지 알아듣지 못했어요"),
    ],
)
async def test_a_place_that_may_be_several_is_asked_about_and_refuses_nobody(school, visitor, said, asked):
    resident = await at_dong(school, visitor, open_to="residents")
    told = await resident.says(said)
    assert asked in told
    assert "어느 동에 사세요?" in told


@pytest.mark.parametrize("said", ["용산구", "종로구 살아요", "부산 중구", "중구에 안 살아요"])
async def test_who_lives_in_another_district_is_asked_for_their_tie_or_refused_with_the_way_back(school, visitor, said):
    assert "일하거나 배우고" in await (await at_dong(school, visitor)).says(said)
    resident = await at_dong(school, visitor, "r2", open_to="residents")
    assert "중구에 사는 분만" in await resident.says(said)
    assert "이름을 적어" in await resident.says("청구동")


async def test_who_is_too_young_can_correct_a_slip(school, visitor):
    course = await school.opens(minimum_age=18)
    resident = visitor()
    await resident.fills_in(course, until="birth_year")
    assert "만 18세 이상" in await resident.says("2012")
    assert "휴대전화" in await resident.says("2002")


async def test_nobody_under_fourteen_is_asked_anything_more(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="birth_year")
    assert "보호자" in await resident.says("2014")


async def test_who_turns_fourteen_this_year_is_asked_for_their_birthday_in_each_course(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="birth_year")
    assert "태어난 날을 2012-05-03처럼" in await resident.says("2012")
    assert "보호자" in await resident.says("2012-11-24")
    assert "휴대전화" in await resident.says("2012-11-23")
    for answer in ("010-0000-0001", "이대로 신청하기"):
        await resident.says(answer)
    other = await school.opens(term_limit=0, weekdays=(3,), start_date=school.day(2026, 12, 10))
    assert "태어난 해를" in await resident.goes_to(f"forms/enroll/{other}")

"""From the card of a course to the receipt."""

import pytest

pytestmark = pytest.mark.on_sqlite


async def test_a_resident_finds_a_course_and_gets_a_seat(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.says("바리스타")
    await resident.presses("신청하기")
    await resident.presses("동의하고 계속")
    for answer in ("청구동", "홍길동", "83", "01000000001", "4"):
        await resident.says(answer)
    assert "신청이 접수되었습니다" in await resident.presses("이대로 신청하기")
    assert await school.enrolled(course) == 1


async def test_who_comes_when_all_seats_are_taken_is_told_the_place_in_line(school, visitor):
    course = await school.opens(capacity=1)
    await visitor("first").registers(course)
    assert "대기 1번" in await visitor("second").registers(course, mobile="010-0000-0002")
    assert "대기 2번" in await visitor("third").registers(course, mobile="010-0000-0003")


@pytest.mark.parametrize(
    ("selection", "said"), [("lottery", "추첨해서"), ("priority", "우선 대상부터"), ("review", "심사해서")]
)
async def test_a_course_that_chooses_later_takes_applications_beyond_its_seats(school, visitor, selection, said):
    course = await school.opens(capacity=1, selection=selection)
    await visitor("first").registers(course)
    assert said in await visitor("second").registers(course, mobile="010-0000-0002")
    assert await school.enrolled(course, "applied") == 2


async def test_a_known_resident_registers_with_one_press_after_the_card(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens(term_limit=0))
    second = await school.opens(term_limit=0, weekdays=(3,), start_date=school.day(2026, 12, 10))
    assert "홍길동" in await resident.goes_to(f"forms/enroll/{second}")
    assert "신청이 접수되었습니다" in await resident.presses("이대로 신청하기")


async def test_the_same_person_in_another_chat_waits_for_an_officer(school, visitor):
    course = await school.opens()
    await visitor("here").registers(course)
    assert "담당자가 확인한 뒤" in await visitor("there", "telegram").registers(course)


async def test_of_a_seat_in_another_chat_of_theirs_nothing_is_told(school, visitor):
    course, here, there = await school.opens(), visitor("here", "telegram"), visitor("there", "telegram")
    for each in (here, there):
        await each.proves(course)
    await here.submits(course)
    told = await there.submits(course)
    assert "여기서 신청할 수 없어요" in told
    assert "이미" not in told


async def test_registering_twice_is_answered_with_the_way_to_the_first(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.registers(course)
    assert "이미 신청하셨어요" in await resident.submits(course)
    assert "참여확정" in await resident.presses("내 신청 보기")


async def test_name_year_and_number_may_be_written_at_once(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="name")
    assert "휴대전화: 010-0000-0001" in await resident.says("홍길동 1983 010-0000-0001")


async def test_what_is_written_beside_a_name_is_kept_though_a_part_of_it_is_refused(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(minimum_age=18), until="name")
    assert "만 18세 이상" in await resident.says("홍길동 2012 010-0000-0001")
    assert "휴대전화" in await resident.says("1990")


async def test_a_number_beside_the_name_waits_for_the_year(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="name")
    assert "태어난 해를" in await resident.says("홍길동 010-0000-0001")
    assert "휴대전화: 010-0000-0001" in await resident.says("1983")


async def test_a_second_course_of_the_term_is_refused_until_the_first_is_cancelled(school, visitor):
    first, second = await school.opens(), await school.opens(weekdays=(3,), start_date=school.day(2026, 12, 10))
    resident = visitor()
    await resident.registers(first)
    assert "한 학기에 1개까지만" in await resident.goes_to(f"forms/enroll/{second}")
    await resident.goes_to("mine")
    for label in ("바리스타", "신청 취소하기", "네, 취소할게요"):
        await resident.presses(label)
    await resident.goes_to(f"forms/enroll/{second}")
    assert "신청이 접수되었습니다" in await resident.submits(second)


async def test_a_course_at_the_same_time_is_refused_by_name(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens(title="꽃차", term_limit=0))
    other = await school.opens(term_limit=0, start_time=school.time(12), end_time=school.time(15))
    assert "‘꽃차’와 수업 시간이 겹쳐요" in await resident.goes_to(f"forms/enroll/{other}")


@pytest.mark.parametrize(
    ("differing", "said"),
    [
        ({"state": "suspended"}, "잠시 멈췄어요"),
        ({"state": "cancelled"}, "열리지 않게"),
        ({"state": "hidden"}, "볼 수 없어요"),
        ({"capacity": 0, "waitlist_capacity": 0}, "모두 찼어요"),
    ],
)
async def test_a_course_that_takes_nobody_says_so_and_what_next(school, visitor, differing, said):
    resident = visitor()
    assert said in await resident.goes_to(f"forms/enroll/{await school.opens(**differing)}")
    assert "다른 강좌 보기" in [button.label for button in resident.screen.buttons]


async def test_registration_opens_and_closes_on_the_second(school, visitor):
    course = await school.opens()
    opens, closes = await school.window(course)
    answers = []
    for moment, off in ((opens, -1), (opens, 0), (closes, 0), (closes, 1)):
        school.now = moment + school.seconds(off)
        answers.append(await visitor(f"at{moment}{off}").goes_to(f"forms/enroll/{course}"))
    assert ["개인정보" in answer for answer in answers] == [False, True, True, False]


async def test_a_registration_number_is_refused_wherever_it_is_typed(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="name")
    for typed in ("900101-1234567", "홍길동 ９００１０１ １２３４５６７"):
        assert "주민등록번호는 받지 않아요" in await resident.says(typed)
    assert "태어난 해" in await resident.says("홍길동")

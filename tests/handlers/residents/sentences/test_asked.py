"""What is asked about courses is answered from their rows."""

import pytest

from tests.support.people.graduates import Graduation

pytestmark = pytest.mark.on_sqlite


async def takes(school, visitor, **differing):
    course = await school.opens(**differing)
    resident = visitor()
    await resident.registers(course)
    return resident


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("내일 수업 몇 시예요?", "오전 10시~오후 1시"),
        ("어디로 가면 돼요?", "실습실 A"),
        ("준비물이 뭐예요?", "앞치마"),
        ("결석하면 어떻게 돼요?", "80% 이상 출석"),
        ("시험은 있나요", "바리스타 2급"),
        ("얼마 내야 돼요", "120,000원"),
        ("선생님은 누구세요", "강사 A"),
    ],
)
async def test_of_the_one_course_that_somebody_takes(school, visitor, said, answer):
    resident = await takes(school, visitor)
    await resident.says("처음")
    assert answer in await resident.says(said)


async def test_a_day_without_class_is_told_with_the_next_class(school, visitor):
    resident = await takes(school, visitor)
    told = await resident.says("내일 수업 있어요?")
    assert "11월 24일(화)에는 수업이 없어요." in told
    assert "12월 8일(화) 오전 10시" in told


async def test_a_day_with_class_is_told_with_its_place(school, visitor):
    resident = await takes(school, visitor)
    school.now = school.now.replace(month=12, day=7)
    told = await resident.says("낼 몇시까지 가야돼요")
    assert "내일 오전 10시" in told
    assert "실습실 A" in told


async def test_of_each_where_somebody_takes_several(school, visitor):
    resident = await takes(school, visitor)
    other = await school.opens(
        title="꽃차 소믈리에", venue="실습실 B", term="2027-H1", start_date=school.day(2027, 2, 2)
    )
    await resident.goes_to(f"forms/enroll/{other}")
    await resident.submits(other)
    await resident.says("처음")
    told = await resident.says("어디로 가요?")
    assert "실습실 A" in told
    assert "실습실 B" in told


async def test_of_the_course_that_is_named(school, visitor):
    await school.opens(title="꽃차 소믈리에", supplies="찻잔", keywords=("꽃차",))
    resident = await takes(school, visitor)
    assert "찻잔" in await resident.says("꽃차는 뭐 챙겨가요?")


async def test_of_the_course_on_the_screen(school, visitor):
    flowers = await school.opens(title="꽃차 소믈리에", supplies="찻잔", keywords=("꽃차",))
    resident = await takes(school, visitor)
    await resident.goes_to(f"courses/{flowers}")
    assert "찻잔" in await resident.says("준비물은요?")


async def test_it_is_asked_which_where_nothing_tells(school, visitor):
    await school.opens(supplies="앞치마")
    await school.opens(title="꽃차 소믈리에", supplies="찻잔", keywords=("꽃차",))
    someone = visitor()
    assert "준비물이 궁금하신 강좌를 골라 주세요." in await someone.says("준비물 뭐예요?")
    assert "찻잔" in await someone.presses("꽃차")


async def test_what_no_row_says_is_left_to_a_person(school, visitor):
    await school.opens(instructor="")
    assert "02-000-0000으로 물어봐 주세요" in await visitor().says("바리스타 강사님 누구예요")


async def test_giving_up_is_asked_before_it_is_done(school, visitor):
    resident = await takes(school, visitor)
    assert "정말 취소할까요?" in await resident.says("못 가게 됐어요 취소할래요")


async def test_an_unknown_topic_is_refused(school, visitor):
    course = await school.opens()
    assert "바리스타" not in await visitor().goes_to(f"asked/nonsense/{course}")


async def test_another_course_that_is_named_is_not_the_one_on_the_screen(school, visitor):
    await school.opens()
    someone = visitor()
    await someone.says("바리스타")
    assert "찾지 못했어요" in await someone.says("가죽공예 배우고 싶어요")
    await someone.says("바리스타")
    assert "지금 신청할 수 있어요" in await someone.says("이거 배우고 싶어요")


async def test_what_no_course_says_is_told_once_for_all_of_ones_own(school, visitor):
    resident = await takes(school, visitor, directions="")
    second = {"term": "2027-H1", "start_date": school.day(2027, 2, 2)}
    other = await school.opens(title="꽃차 소믈리에", directions="", **second)
    await resident.goes_to(f"forms/enroll/{other}")
    await resident.submits(other)
    await resident.says("처음")
    assert "주차와 오시는 길은 신청하신 강좌의 안내에 적혀 있지 않아요." in await resident.says("주차 되나요?")


async def test_how_many_seats_are_left_is_a_number(school, visitor):
    await school.opens(capacity=15)
    assert "15자리 남음" in await visitor().says("바리스타 남은 자리 있어요?")


async def test_of_several_registrations_it_is_asked_which_to_give_up_and_again_before_it_is(school, visitor):
    resident = await takes(school, visitor)
    assert "어느 신청을 취소할까요?" in await resident.says("취소할래요")
    assert "정말 취소할까요?" in await resident.presses("바리스타")


async def test_who_holds_nothing_to_give_up_is_told_so(visitor):
    assert "아직 신청하신 강좌가 없어요" in await visitor().says("취소")


async def test_no_way_stands_twice_on_a_screen_and_the_menu_stands_last(school, visitor):
    resident = await takes(school, visitor)
    await resident.says("개강 언제")
    assert resident.screen.text.startswith("혹시")
    paths = [button.path for button in resident.screen.all_buttons]
    assert (len(paths), paths[-1]) == (len(set(paths)), "menu")


async def test_courses_to_choose_from_are_named_in_english(school, visitor):
    await school.opens(title_en="Barista level 2")
    await school.opens(title_en="Flower tea")
    someone = visitor()
    await someone.says("English")
    assert "Barista level 2" in await someone.says("What should I bring?")


async def test_a_place_is_called_as_the_language_does(school, visitor):
    await school.opens(venue="신당동 배움터", material_fee=0, exam_fee=0)
    someone = visitor()
    assert "명동 쪽에는 없고" in await someone.says("명동 무료 강좌")
    await someone.says("English")
    assert "none near Myeong-dong" in await someone.says("free courses in Myeong-dong")


async def test_larger_letters_are_promised_only_where_they_are_ours(visitor):
    assert "글자를 크게" in await visitor().says("글씨가 너무 작아요")
    assert "휴대전화 설정에서" in await visitor("7", channel="telegram").says("글씨가 너무 작아요")


@pytest.mark.parametrize("said", ["ㅁㄴㅇㄹ", "피아노"])
async def test_kinds_are_offered_only_where_something_was_understood(visitor, said):
    someone = visitor()
    await someone.says(said)
    paths = [button.path for button in someone.screen.buttons if not button.path.startswith("wish/")]
    assert paths == ["courses", "callback", "contact"]


@pytest.mark.parametrize("said", ["주말에 하는 자격증 강좌 있나요?", "명동 근처에서 하는 무료 강좌 있어요?"])
async def test_what_is_left_of_a_wish_that_was_understood_is_no_course(school, visitor, said):
    await school.opens(weekdays=(5,), venue="명동 배움터", material_fee=0, exam_fee=0)
    someone = visitor()
    assert "1개를 찾았어요" in await someone.says(said)
    assert [button.path for button in someone.screen.choices] == ["courses/1"]


@pytest.mark.parametrize("said", ["신청할게요", "등록", "접수해 주세요"])
async def test_who_says_register_below_a_course_sees_that_one_again(school, visitor, said):
    course = await school.opens()
    await school.opens(title="꽃차 소믈리에")
    someone = visitor()
    assert "마감이 가까운 순서" in await someone.says(said)
    await someone.goes_to(f"courses/{course}")
    assert "지금 신청할 수 있어요." in await someone.says(said)
    assert "꽃차" not in someone.screen.text


async def test_who_wants_to_be_told_of_a_course_that_is_not_open_sees_its_button(school, visitor):
    course = await school.opens(apply_start=school.now + school.days(3))
    someone = visitor()
    await someone.goes_to(f"courses/{course}")
    await someone.says("열리면 알려주세요")
    assert f"courses/{course}/await" in [each.path for each in someone.screen.all_buttons]


@pytest.mark.parametrize("said", ["수료증 언제 나와요", "이수증 출력은 어디서 해요"])
async def test_who_completed_a_course_finds_its_certificate_by_asking(school, visitor, said):
    someone = visitor()
    await Graduation(school).of(someone)
    await school.opens(title="꽃차 소믈리에", start_date=school.day(2027, 3, 2), apply_end=school.now + school.days(9))
    await someone.says("처음")
    assert "바리스타" in (await someone.says(said))
    assert "꽃차" not in str(someone.screen.cards)


async def test_who_greets_and_asks_something_is_answered_that(school, visitor):
    await school.opens()
    assert "접수 마감" in await visitor().says("안녕하세요 바리스타 자격증반 접수기간이 어떻게 되나요")


@pytest.mark.parametrize("said", ["다음 주 화요일 수업 있나요", "공휴일에도 수업하나요"])
async def test_who_takes_a_course_and_asks_for_classes_on_a_day_looks_for_no_course(school, visitor, said):
    resident = await takes(school, visitor)
    await school.opens(title="꽃차 소믈리에", weekdays=(1,))
    await resident.says("처음")
    told = await resident.says(said)
    assert "12월 8일(화) 오전 10시" in told
    assert "꽃차" not in told

"""What is asked about courses is answered from their rows."""

import pytest

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
    assert "준비물 말씀이세요? 어느 강좌인지 골라 주세요." in await someone.says("준비물 뭐예요?")
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

"""Absences told ahead: asked about first, several classes at once, taken back, and never mistaken for the seat."""

import asyncio

import pytest
from sqlalchemy import func, select

from storage.tables import attendance, enrollments
from tests.support.clock.scenes import at
from tests.support.people.attending import after_class, classes, marks, told_ahead
from tests.support.people.family import daughter_at

pytestmark = pytest.mark.on_sqlite


async def seated(school, visitor, **differing):
    """A course of four Tuesdays from 8 December, somebody in it on the day before, and their enrollment."""
    course = await school.opens(**differing)
    someone = visitor()
    await someone.registers(course)
    school.now = at("12-07 12:00")
    return course, someone, (await school.live(course))[0]


async def count(school):
    return (await school.rows(select(func.count()).select_from(attendance)))[0][0]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("내일 못 가요", ["12월 8일"]),
        ("화요일 수업 빠질게요", ["12월 8일"]),
        ("다음 주까지 못 가요", ["12월 8일", "12월 15일"]),
        ("12월 15일부터 22일까지 못 가요", ["12월 15일", "12월 22일"]),
        ("I cannot come tomorrow", ["12월 8일"]),
    ],
)
async def test_what_is_said_is_asked_about_with_its_classes_before_anything_is_told(school, visitor, said, days):
    _, someone, mine = await seated(school, visitor)
    await someone.says(said)
    (card,) = someone.screen.cards
    assert len(card.lines) == len(days)
    assert all(day in line for day, line in zip(days, card.lines, strict=True))
    assert await count(school) == 0
    await someone.presses("네, 못 가요")
    assert await told_ahead(school, mine) == [("absent", "open")] * len(days)


async def test_today_is_asked_about_while_the_class_is_to_come(school, visitor):
    _, someone, mine = await seated(school, visitor)
    school.now = at("12-08 08:00")
    assert "맞나요" in await someone.says("오늘 아파서 못 가요")
    await someone.presses("네, 못 가요")
    assert await told_ahead(school, mine) == [("absent", "open")]


async def test_no_reason_is_asked_and_the_team_is_named(school, visitor):
    _, someone, _ = await seated(school, visitor)
    assert "까닭은 여기에 적지 않으셔도 돼요" in await someone.says("아파서 내일 못 가요")


async def test_where_there_is_no_class_then_the_next_one_is_named(school, visitor):
    _, someone, _ = await seated(school, visitor)
    assert "다음 수업은 내일 오전 10시" in await someone.says("수요일에 못 가요")
    await someone.presses("못 가는 날 알리기")
    assert [each.label for each in someone.screen.buttons][:2] == ["12월 8일(화)", "12월 15일(화)"]


async def test_several_classes_are_told_by_their_first_and_last(school, visitor):
    _, someone, mine = await seated(school, visitor)
    await someone.goes_to(f"mine/{mine}")
    await someone.presses("못 가는 날 알리기")
    await someone.presses("12월 15일")
    await someone.presses("더 오래 못 가요")
    await someone.presses("12월 29일")
    assert "이 수업 3번에" in someone.screen.text
    await someone.presses("네, 못 가요")
    assert await told_ahead(school, mine) == [("absent", "open")] * 3


@pytest.mark.parametrize(
    ("said", "comes_to"),
    [
        ("내일 못 가요", "한 번 더 빠질 때 수료가 어려워요"),
        ("다음 주까지 못 가요", "출석이 모자라 수료가 어려워요"),
    ],
)
async def test_what_missing_comes_to_is_told_before_it_is_confirmed(school, visitor, said, comes_to):
    _, someone, _ = await seated(school, visitor, completion_percent=75)
    assert comes_to in await someone.says(said)


async def test_what_was_told_before_counts_in_what_it_comes_to(school, visitor):
    _, someone, _ = await seated(school, visitor, completion_percent=50)
    assert "앞으로 1번 더" in await someone.says("내일 못 가요")
    await someone.presses("네, 못 가요")
    assert "한 번 더 빠질 때" in await someone.says("다음 주 화요일 못 가요")


async def test_it_is_taken_back_by_a_button_and_by_words(school, visitor):
    _, someone, mine = await seated(school, visitor)
    await someone.says("다음 주까지 못 가요")
    await someone.presses("네, 못 가요")
    await someone.goes_to("menu")
    await someone.says("갈 수 있게 됐어요")
    await someone.presses("12월 8일")
    assert [each for each in await told_ahead(school, mine) if each[1] == "open"] == [
        ("present", "open"),
        ("absent", "open"),
    ]
    await someone.goes_to(f"mine/{mine}/absence")
    await someone.presses("갈 수 있게 됐어요")
    assert [each[0] for each in await told_ahead(school, mine) if each[1] == "open"] == ["present", "present"]


async def test_a_double_tap_says_it_once(school, visitor):
    _, someone, mine = await seated(school, visitor)
    (first, *_) = await classes(school, (await school.rows(select(enrollments.c.course_id)))[0][0])
    for _ in range(3):
        assert "자리는 그대로예요" in await someone.goes_to(f"mine/{mine}/absent/{first}/{first}/1/yes")
    assert await told_ahead(school, mine) == [("absent", "open")]


@pytest.mark.on_both
async def test_ten_taps_at_once_say_it_once(school, visitor):
    course, _, mine = await seated(school, visitor)
    (first, *_) = await classes(school, course)
    path = f"mine/{mine}/absent/{first}/{first}/1/yes"
    await asyncio.gather(*(visitor().goes_to(path) for _ in range(10)))
    assert await told_ahead(school, mine) == [("absent", "open")]


async def test_where_the_classes_changed_since_it_is_asked_again(school, visitor):
    course, someone, mine = await seated(school, visitor)
    first, second, *_ = await classes(school, course)
    assert "이 수업 2번에" in await someone.goes_to(f"mine/{mine}/absent/{first}/{second}/3/yes")
    assert await count(school) == 0


async def test_a_class_that_has_begun_is_told_so(school, visitor):
    course, someone, mine = await seated(school, visitor)
    (first, *_) = await classes(school, course)
    school.now = at("12-08 10:00")
    for path in (f"absent/{first}/{first}/1/yes", f"coming/{first}"):
        assert "이미 시작해서" in await someone.goes_to(f"mine/{mine}/{path}")
    assert await count(school) == 0


async def test_who_cannot_come_is_asked_whether_one_class_or_the_seat_is_meant(school, visitor):
    _, someone, mine = await seated(school, visitor)
    assert "하루나 며칠만" in await someone.says("사정이 생겨서 못 가게 됐어요")
    assert [each.label for each in someone.screen.buttons] == ["이 수업만 빠지기", "자리 내놓기"]
    await someone.presses("이 수업만 빠지기")
    assert "못 오시는 날을 골라 주세요" in someone.screen.text
    assert (await school.rows(select(enrollments.c.ended_at).where(enrollments.c.id == mine)))[0].ended_at is None


async def test_who_says_that_they_cancel_is_asked_about_the_seat_alone(school, visitor):
    _, someone, _ = await seated(school, visitor)
    school.now = at("12-01 12:00")
    assert "정말 취소할까요" in await someone.says("바리스타 취소해 주세요")


async def test_being_late_is_no_absence(school, visitor):
    _, someone, _ = await seated(school, visitor)
    assert "맞나요" not in await someone.says("내일 20분 늦을 것 같아요")


async def test_another_persons_classes_cannot_be_told(school, visitor):
    course, _, mine = await seated(school, visitor)
    (first, *_) = await classes(school, course)
    stranger = visitor("r2")
    for path in (f"absent/{first}/{first}/1/yes", f"coming/{first}", "attendance", "absence"):
        assert "찾을 수 없어요" in await stranger.goes_to(f"mine/{mine}/{path}")
    assert await count(school) == 0


async def test_classes_of_another_course_cannot_be_told_in_this_one(school, visitor):
    _, someone, mine = await seated(school, visitor)
    other = (await classes(school, await school.opens(title="정리수납")))[0]
    assert "다시 확인해 주세요" in await someone.goes_to(f"mine/{mine}/absent/{other}/{other}/1/yes")
    assert await count(school) == 0


async def test_a_daughter_tells_her_mothers_absence_as_her_mothers(school, visitor):
    course = await school.opens()
    daughter = daughter_at(visitor())
    await daughter.registers(course)
    await daughter.registers_mother(course)
    own, mothers = await school.live(course)
    school.now = at("12-07 12:00")
    await daughter.says("내일 못 가요")
    labels = [each.button.label for each in daughter.screen.cards]
    assert len(labels) == 2
    assert any("김순자" in label for label in labels)
    await daughter.presses(next(label for label in labels if "김순자" in label))
    await daughter.presses("네, 못 가요")
    assert await told_ahead(school, mothers) == [("absent", "open")]
    assert await told_ahead(school, own) == []


async def test_in_simple_mode_there_are_three_things_to_choose_from(school, visitor):
    _, someone, _ = await seated(school, visitor)
    await someone.goes_to("simple/on")
    await someone.says("내일 못 가요")
    assert [each.label for each in someone.screen.choices] == ["아니요", "네, 못 가요", "더 오래 못 가요"]


async def test_after_the_last_class_there_is_nothing_to_tell(school, visitor):
    course, someone, mine = await seated(school, visitor)
    await marks(school, course, mine, "출출출출")
    await after_class(school, course, 4)
    assert "더 남지 않아" in await someone.goes_to(f"mine/{mine}/absence")


async def test_who_only_asks_what_missing_a_class_would_come_to_is_told_the_rule(school, visitor):
    _, someone, _ = await seated(school, visitor)
    told = await someone.says("첫날 못 가면 자리 없어지나요")
    assert "골라 주세요" not in told
    assert "수료 기준" in told

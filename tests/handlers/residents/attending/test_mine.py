"""One's own attendance: class by class, what it comes to, and how many may be missed."""

import pytest

from tests.support.clock.scenes import at
from tests.support.people.attending import after_class, marks
from tests.support.people.family import daughter_at

pytestmark = pytest.mark.on_sqlite


async def taught(school, visitor, given, **differing):
    """Somebody with these marks, after as many classes; and their enrollment."""
    course = await school.opens(**{"completion_percent": 75, **differing})
    someone = visitor()
    await someone.registers(course)
    mine = (await school.live(course))[0]
    await after_class(school, course, len(given))
    await marks(school, course, mine, given)
    return course, someone, mine


async def test_each_class_stands_with_its_day_and_its_mark(school, visitor):
    _, someone, mine = await taught(school, visitor, "지인조")
    await someone.goes_to(f"mine/{mine}")
    await someone.presses("출석")
    (card,) = someone.screen.cards
    assert card.facts == (
        ("1회차 · 12월 8일(화)", "지각"),
        ("2회차 · 12월 15일(화)", "인정결석"),
        ("3회차 · 12월 22일(화)", "조퇴"),
        ("4회차 · 12월 29일(화)", "아직"),
    )
    assert someone.screen.text.startswith("수업 4번 가운데 3번 출석, 75%예요. 수료하려면 75% 이상")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("출", "앞으로 1번까지 빠질 수 있어요."),
        ((None,), "앞으로 1번까지 빠질 수 있어요."),
        ("결", "한 번 더 빠지면 수료가 어려워요."),
        ("결결", "지금 출석으로는 수료가 어려워요."),
        ("출출출", "수료에 필요한 출석은 채우셨어요."),
    ],
)
async def test_how_many_may_be_missed_is_said(school, visitor, given, said):
    _, someone, mine = await taught(school, visitor, given)
    assert said in await someone.goes_to(f"mine/{mine}/attendance")


@pytest.mark.parametrize(
    "asked",
    [
        "나 몇 번 빠졌어?",
        "저 결석 몇번 햇어요",
        "출석 몇 퍼센트야",
        "저 수료할 수 있나요",
        "몇 번 더 빠질 수 있어요?",
        "how many classes did I miss?",
    ],
)
async def test_it_is_answered_in_sentences(school, visitor, asked):
    _, someone, _ = await taught(school, visitor, "결")
    assert "수업 4번 가운데 0번 출석, 0%예요" in await someone.says(asked)


async def test_who_has_no_seat_is_told_the_rule_as_before(school, visitor):
    await school.opens()
    someone = visitor()
    assert "수업 4번" not in await someone.says("저 수료할 수 있나요")


async def test_what_nobody_has_looked_at_yet_is_told_so(school, visitor):
    course, someone, mine = await taught(school, visitor, "-")
    school.now = at("12-07 12:00")
    await someone.says("내일 못 가요")
    await someone.presses("네, 못 가요")
    assert ("1회차 · 12월 8일(화)", "못 온다고 하셨어요") in await facts(someone, mine)
    await after_class(school, course, 1)
    assert ("1회차 · 12월 8일(화)", "담당자가 확인하고 있어요") in await facts(someone, mine)


async def facts(someone, mine):
    await someone.goes_to(f"mine/{mine}/attendance")
    return someone.screen.cards[0].facts


async def test_a_daughter_sees_her_mothers_attendance_apart_from_her_own(school, visitor):
    course = await school.opens(completion_percent=75)
    daughter = daughter_at(visitor())
    await daughter.registers(course)
    await daughter.registers_mother(course)
    own, mothers = await school.live(course)
    await after_class(school, course, 1)
    await marks(school, course, own, "출")
    await marks(school, course, mothers, "결")
    await daughter.says("출석 몇 퍼센트야")
    lines = {each.button.label: each.lines[0] for each in daughter.screen.cards}
    assert sorted("25%" in line for line in lines.values()) == [False, True]
    assert [" 0번" in line for label, line in lines.items() if "김순자" in label] == [True]


async def test_many_classes_come_in_parts_of_which_the_first_is_around_today(school, visitor):
    _, someone, mine = await taught(school, visitor, "출")
    await someone.goes_to(f"mine/{mine}/attendance/9")
    assert len(someone.screen.cards[0].facts) == 4


async def test_in_english_it_is_said_in_english(school, visitor):
    _, someone, mine = await taught(school, visitor, "결")
    await someone.says("English")
    shown = await someone.goes_to(f"mine/{mine}/attendance")
    assert "You attended 0 of 4 classes: 0%" in shown
    assert "Class 1 · Tue 8 Dec: absent" in shown

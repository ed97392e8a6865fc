"""What is typed below a notice: its labels lead where its buttons would, and a mere word does nothing by itself."""

from datetime import timedelta

import pytest

from tests.support.clock.scenes import at
from tests.support.people.family import daughter_at

pytestmark = pytest.mark.on_sqlite


async def waits(school, resident, **course):
    """Somebody waits for the only seat of a course, which another has; the course, and whose seat it is."""
    opened = await school.opens(capacity=1, **course)
    for number in (1, 2):
        await joins(resident(number), opened)
    return opened, (await school.live(opened))[0]


async def joins(somebody, course):
    await somebody.goes_to(f"forms/enroll/{course}")
    if "이대로 신청하기" not in [button.label for button in somebody.screen.all_buttons]:
        return await somebody.registers(course, mobile=f"010-0000-000{somebody.address}")
    return await somebody.submits(course)


async def is_offered(school, resident, clock, waiting):
    """The seat is given back, and offered to who waits."""
    course, mine = waiting
    await clock.ticks()
    school.waits(minutes=1)
    await resident(1).goes_to(f"mine/{mine}/cancel/yes")
    await clock.ticks()
    school.waits(minutes=1)
    assert clock.sent_to("2")[-1].labels[0] == "참여하기"
    return course


@pytest.mark.on_both
async def test_a_label_of_a_notice_leads_where_its_button_would(school, resident, clock):
    course = await is_offered(school, resident, clock, await waits(school, resident))
    assert "자리가 정해졌" in await resident(2).says("참여 하기")
    assert await school.enrolled(course) == 1


async def test_the_newest_of_two_notices_with_the_same_label_is_meant(school, resident, clock):
    waiting = [
        await waits(school, resident, term=term, start_date=school.day(2026, 12, day))
        for term, day in (("2026-H2", 8), ("2027-H1", 10))
    ]
    older, newer = [await is_offered(school, resident, clock, each) for each in waiting]
    await resident(2).says("참여하기")
    assert [await school.enrolled(course) for course in (older, newer)] == [0, 1]


async def test_a_label_of_an_older_notice_leads_on_as_long_as_nothing_else_is_meant(school, resident, clock):
    course = await is_offered(school, resident, clock, await waits(school, resident))
    await resident(2).says("도움말")
    school.waits(hours=1)
    await resident(2).says("참여하기")
    assert await school.enrolled(course) == 1


async def test_a_label_of_an_offer_that_is_over_leads_nowhere(school, resident, clock):
    course = await is_offered(school, resident, clock, await waits(school, resident))
    school.waits(days=2)
    await resident(2).says("참여하기")
    assert await school.enrolled(course) == 0


async def test_a_label_typed_in_the_middle_of_a_form_is_no_answer_to_it(school, resident, clock):
    waiting = await waits(school, resident)
    other, second = await school.opens(title="꽃차", term="2027-H1"), resident(2)
    await second.goes_to(f"forms/enroll/{other}")
    await second.goes_to(f"forms/enroll/{other}/change/name")
    course = await is_offered(school, resident, clock, waiting)
    await second.says("참여하기")
    assert await school.enrolled(course) == 1


@pytest.mark.parametrize("word", ["네", "아니요"])
async def test_a_mere_yes_or_no_shows_what_was_asked_and_does_nothing(school, resident, clock, word):
    course = await is_offered(school, resident, clock, await waits(school, resident))
    second = resident(2)
    assert "참여하시겠어요?" in await second.says(word)
    assert "참여하기" in [button.label for button in second.screen.all_buttons]
    assert (await school.enrolled(course), await school.enrolled(course, "offered")) == (0, 1)


async def test_a_yes_below_a_notice_is_no_answer_to_an_older_screen(school, resident, clock):
    waiting, other = await waits(school, resident), await school.opens(title="꽃차", term="2027-H1")
    second = resident(2)
    await joins(second, other)
    assert "취소할까요" in await second.goes_to(f"mine/{(await school.live(other))[0]}/cancel")
    await is_offered(school, resident, clock, waiting)
    await second.says("네")
    assert await school.enrolled(other) == 1


async def test_what_is_typed_below_a_notice_for_another_is_theirs(school, resident, clock):
    carer = daughter_at(resident(1))
    course = await school.opens()
    await carer.registers_mother(course)
    await clock.until(at("12-07 18:00"), timedelta(hours=3))
    school.waits(minutes=1)
    assert "김순자 님" in await resident(1).says("내 신청 보기")


@pytest.mark.parametrize("word", ["그만", "STOP"])
async def test_the_word_that_stops_news_stops_them_in_the_middle_of_a_form_too(school, resident, clock, word):
    reader = resident(1)
    await reader.says("소식 받기")
    await reader.presses("새 강좌 소식")
    await reader.presses("동의하고")
    other = await school.opens()
    await reader.fills_in(other, until="name")
    await school.opens(title="꽃차", apply_start=at("11-26 09:00"), apply_end=at("12-03 18:00"))
    await clock.until(at("11-26 08:30"))
    school.waits(minutes=1)
    answer = await reader.says(word)
    assert "소식을 보내지 않아요" in answer
    assert reader.screen.form == ""

"""What somebody keeps of an application, and what lists promise."""

import pytest

pytestmark = pytest.mark.on_sqlite

FACTS = (
    "신청번호: 1",
    "첫 수업: 12월 8일(화)",
    "매주 화요일",
    "실습실 A",
    "재료비 120,000원",
    "납부: 첫 수업 날 현금",
    "평생학습팀",
)


async def test_a_receipt_has_all_that_one_needs_to_come(school, visitor):
    receipt = await visitor().registers(await school.opens(payment="첫 수업 날 현금"))
    assert [fact for fact in FACTS if fact not in receipt] == []


async def test_an_offer_says_day_time_place_and_cost(school, visitor, clock):
    course = await school.opens(capacity=1)
    await visitor("first", "telegram").registers(course)
    await visitor("second", "telegram").registers(course, mobile="010-0000-0002")
    await visitor("first", "telegram").goes_to("mine/1/cancel/yes")
    (letter,) = await clock.ticks()
    shown = str([card.facts for card in letter.reply.cards])
    assert [fact for fact in ("12월 8일(화) 오전 10시", "실습실 A", "재료비 120,000원") if fact not in shown] == []


@pytest.mark.parametrize(("channel", "is_told"), [("web", True), ("kakao", True), ("telegram", False)])
async def test_who_waits_where_nobody_can_be_written_to_is_told_how_they_learn_of_a_seat(
    school, visitor, channel, is_told
):
    course = await school.opens(capacity=1)
    await visitor("first").registers(course, mobile="010-0000-0002")
    receipt = await visitor("1", channel).registers(course)
    assert ("하루에 한 번 들러 주세요" in receipt) == is_told


async def test_who_waits_sees_no_next_class(school, visitor):
    course = await school.opens(capacity=1)
    await visitor("first").registers(course, mobile="010-0000-0002")
    waiting = visitor("second")
    await waiting.registers(course)
    assert "다음 수업" not in await waiting.presses("내 신청 보기")


async def test_lists_tell_the_day_of_the_first_class(school, visitor):
    course = await school.opens()
    await school.changes(course, start_date=school.day(2026, 12, 7))
    assert "12월 8일(화) 시작" in await visitor().says("강좌")


async def test_what_is_full_is_not_among_the_open(school, visitor):
    full = await school.opens(title="꽃차", capacity=1, waitlist_capacity=0)
    await school.opens(title="바리스타")
    await visitor("first").registers(full)
    shown = await visitor("second").says("강좌")
    assert ("꽃차" in shown, "바리스타" in shown) == (False, True)


async def test_a_course_with_places_in_line_is_still_among_the_open(school, visitor):
    full = await school.opens(title="꽃차", capacity=1)
    await visitor("first").registers(full)
    assert "꽃차" in await visitor("second").says("강좌")

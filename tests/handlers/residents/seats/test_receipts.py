"""What somebody keeps of an application, and what lists promise."""

import pytest
from icalendar import Calendar

from tests.support.domain import SEOUL

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


WAYS = ("볼 날 달력에 넣기", "사람에게 문의")


@pytest.mark.parametrize(("channel", "offered"), [("web", WAYS), ("kakao", WAYS), ("telegram", ())])
@pytest.mark.parametrize("differing", [{"capacity": 0}, {"selection": "lottery"}, {"selection": "review"}])
async def test_who_is_told_nothing_by_themselves_gets_ways_to_learn_of_it(school, visitor, channel, offered, differing):
    waits = visitor("1", channel)
    await waits.registers(await school.opens(**differing))
    assert tuple(each.label for each in waits.screen.all_buttons if each.label in WAYS) == offered


@pytest.mark.parametrize(
    ("differing", "first", "until"),
    [
        ({"capacity": 0}, "20261124T100000", "20261207"),
        ({"selection": "lottery"}, "20261201T100000", "20261201"),
        ({"selection": "review"}, "20261201T100000", "20261207"),
    ],
)
async def test_the_calendar_reminds_of_looking_here_as_long_as_there_may_be_news(
    school, visitor, differing, first, until
):
    waits = visitor()
    await waits.registers(await school.opens(**differing))
    assert "그때 달력이 알려 드려요" in await waits.presses("볼 날 달력에 넣기")
    (event,) = Calendar.from_ical(waits.screen.file.content).events
    assert f"{event.start:%Y%m%dT%H%M%S}" == first
    assert f"{event['rrule']['UNTIL'][0].astimezone(SEOUL):%Y%m%d}" == until
    assert (str(event["url"]), len(event.alarms.times)) == ("http://127.0.0.1:8080", 1)


async def test_who_has_a_seat_is_reminded_of_classes_and_not_of_looking(school, visitor):
    await visitor().registers(await school.opens())
    assert "지금 답하실 것이 없어요" in await visitor().goes_to("mine/1/look")


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

"""Applications of one number that an officer has to look at: shown side by side, let count or ended, and told."""

import pytest
from sqlalchemy import select

from handlers.staff.courses import applications, selections
from handlers.staff.desk import acts
from handlers.staff.notices import owed
from handlers.staff.persons import doubts
from storage.tables import enrollments

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def doubted(school, visitor):
    """doubted(capacity=1): a stranger has a place in the name of another, who waits for an officer."""

    async def come(channel="telegram", **differing):
        course = await school.opens(code="T", **differing)
        await visitor("stranger").registers(course, name="홍 길동")
        await visitor("100", channel).registers(course)
        return course

    return come


async def decides(school, act, **words):
    return await school.asks(lambda tx, desk: acts.perform(tx, desk, act, {"code": "T", **words}, again=True))


async def states(school):
    rows = await school.rows(select(enrollments).order_by(enrollments.c.id))
    return [(row.state, row.unchecked_since is not None) for row in rows]


SIDE_BY_SIDE = [
    "‘바리스타 2급’(T) 한 번호로 들어온 신청 (같은 분인지 확인해 주세요): 010-0000-0001",
    "  신청번호  상태            이름     태어난 해  휴대전화       같은 점                             번호 확인  "
    "신청한 때",
    "  1         확정            홍 길동  1983       010-0000-0001  번호, 이름(다르게 적음), 태어난 해  적기만 함  "
    "11월 23일(월) 오전 10시 끝내려면: python -m bot end-applications T --only 1 --reason '본인 확인이 되지 않음'",
    "  2         확정 (확인 전)  홍길동   1983       010-0000-0001  번호, 이름(다르게 적음), 태어난 해  적기만 함  "
    "11월 23일(월) 오전 10시 그대로 받으려면: python -m bot check-applications T --only 2",
]


async def test_both_entries_stand_side_by_side_in_the_list_of_the_course(school, doubted):
    await doubted()
    told = await school.asks(applications.show, "T")
    assert told[(at := told.index(SIDE_BY_SIDE[0])) : at + 4] == SIDE_BY_SIDE
    assert told[-2:] == [
        "받지 않고 끝내려면: python -m bot end-applications T --only 2 --reason '본인 확인이 되지 않음'",
        "번호의 주인인 것을 확인했으면: python -m bot persons --prove 2",
    ]


@pytest.mark.parametrize("channel", ["web", "telegram", "kakao"])
async def test_what_is_to_be_done_today_has_both_entries_wherever_they_came_from(school, doubted, channel):
    await doubted(channel)
    told = await school.asks(owed.show, everything=False)
    assert "담당자가 확인할 신청: 1건" in told
    assert told[(at := told.index(SIDE_BY_SIDE[0])) : at + 4] == SIDE_BY_SIDE


async def test_two_of_one_family_are_shown_to_nobody(school, visitor):
    course = await school.opens(code="T")
    for name in ("홍길동", "홍판서"):
        await visitor(name).registers(course, name=name)
    assert "같은 분" not in "".join(await school.asks(applications.show, "T"))
    assert "확인할 신청" not in "".join(await school.asks(owed.show, everything=False))


async def test_the_third_of_a_family_counts_once_an_officer_has_looked(school, visitor):
    course = await school.opens(code="T")
    for name in ("홍길동", "홍판서", "홍인형"):
        await visitor(name).registers(course, name=name)
    assert await states(school) == [("confirmed", False), ("confirmed", False), ("confirmed", True)]
    await decides(school, applications.CHECK, numbers=[3])
    assert (await states(school))[2] == ("confirmed", False)
    assert "담당자" not in await visitor("홍인형").goes_to("mine")


async def test_one_that_waits_is_no_burst(school, visitor):
    course = await school.opens(code="T")
    for name in ("a", "b"):
        one = visitor(name)
        one.source = "10.0.0.1"
        await one.registers(course)
    told = await school.asks(applications.show)
    assert told[0] == "한곳에서 몰린 신청이 없습니다."
    assert "담당자가 확인할 신청: 1건" in told


async def test_nobody_is_selected_before_both_have_been_looked_at(school, doubted):
    await doubted(selection="review")
    school.waits(days=8)
    assert "먼저 확인할 신청이 1건" in await school.declines(selections.accept, "T", [1])


async def test_checking_all_gives_no_seat_that_there_is_not(school, visitor, doubted):
    course = await doubted(capacity=1)
    for name in ("HONG Gildong", "Hong Gil-dong"):
        await visitor(name).registers(course, name=name, mobile="010-0000-0002")
    await decides(school, applications.CHECK, everything=True)
    assert await states(school) == [("confirmed", False), *[("waiting", False)] * 3]


# --- what residents are told ---


@pytest.mark.on_both
async def test_who_was_checked_is_told_of_the_seat_in_the_words_of_who_came_in_time(school, doubted, clock):
    await doubted()
    await decides(school, applications.CHECK, numbers=[2])
    school.waits(minutes=11)
    assert ["자리가 정해졌어요!" in letter.text for letter in await clock.ticks()] == [True]


async def test_who_was_ended_is_told_why_and_nothing_of_the_other(school, doubted, clock):
    await doubted()
    await decides(school, applications.END, numbers=[2], reason=doubts.REASON)
    school.waits(minutes=11)
    (letter,) = await clock.ticks()
    assert "까닭: 본인 확인이 되지 않음." in letter.text
    assert "같은 분" not in letter.text


# --- the line ---


async def behind_a_doubted_one(school, visitor, doubted):
    """The seat is free, first in line is who waits for an officer, and behind them somebody honest."""
    course = await doubted(capacity=1)
    await visitor("honest").registers(course, mobile="010-0000-0009")
    await visitor("stranger").goes_to("mine/1/cancel/yes")


async def test_a_line_goes_on_past_who_has_waited_for_an_officer_as_long_as_an_offer_lasts(
    school, visitor, doubted, clock
):
    await behind_a_doubted_one(school, visitor, doubted)
    assert (await states(school))[1:] == [("waiting", True), ("waiting", False)]
    school.waits(hours=25)
    await clock.ticks()
    assert (await states(school))[1:] == [("waiting", True), ("offered", False)]
    assert "대기 1번" not in await visitor("100", "telegram").goes_to("mine/2")


async def test_who_was_passed_over_is_still_the_first_in_line(school, visitor, doubted, clock):
    await behind_a_doubted_one(school, visitor, doubted)
    school.waits(hours=25)
    await clock.ticks()
    await decides(school, applications.CHECK, numbers=[2])
    await visitor("honest").goes_to("mine/3/decline/yes")
    assert (await states(school))[1:] == [("offered", False), ("declined", False)]

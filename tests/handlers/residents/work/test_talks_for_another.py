"""Talks with counselors for somebody else, booked in one's own chat."""

import pytest
from sqlalchemy import select

from storage.tables import appointments, residents
from tests.support.counseling.centre import FIRST, books, labels
from tests.support.people.family import daughter_at

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def booker(visitor):
    return daughter_at(visitor("1", "web"))


async def books_for_mother(daughter, slot="오전 10시 30분"):
    await daughter.presses("네, 동의하셨어요")
    await daughter.says("김순자")
    await daughter.says("010-0000-0002")
    for label in ("이력서·면접", "방문", FIRST, slot):
        await daughter.presses(label)
    return await daughter.presses("이대로 예약하기")


async def booked(school):
    held = select(residents.c.name).join(appointments).where(appointments.c.ended_at.is_(None))
    return [row.name for row in await school.rows(held.order_by(appointments.c.id))]


async def test_each_has_a_talk_of_their_own(centre, school, booker):
    await books(booker)
    await booker.says("구직상담")
    await booker.presses("다른 분 것을 신청할게요")
    assert "김순자 님 것이에요." in await books_for_mother(booker)
    assert await booked(school) == ["홍길동", "김순자"]


async def test_talks_of_several_are_told_apart_and_cancelled_apart(centre, school, booker):
    await books(booker)
    await booker.goes_to("who/counsel/0/other")
    await books_for_mother(booker)
    assert "누구의 상담을 볼까요?" in await booker.says("내 상담")
    assert [label.split(" · ")[0] for label in labels(booker)[:2]] == ["홍길동 님(본인)", "김순자 님"]
    await booker.presses("김순자 님")
    await booker.presses("상담 취소하기")
    await booker.presses("네, 취소할게요")
    assert await booked(school) == ["홍길동"]


async def test_the_only_talk_of_a_chat_is_shown_at_once_by_name(centre, school, booker):
    await booker.goes_to("who/counsel/0/other")
    await books_for_mother(booker)
    assert (await booker.says("내 상담")).startswith("김순자 님 것이에요.")
    await booker.says("구직상담")
    await booker.presses("상담 예약하기")
    assert labels(booker)[:3] == ["본인", "김순자 님", "다른 분"]


async def test_a_name_corrected_to_anothers_leaves_the_talk_as_it_is(centre, school, booker):
    await books(booker)
    await booker.goes_to("talks/1/cancel/yes")
    await booker.goes_to("forms/counsel/0")
    for label in ("이력서·면접", "방문", FIRST, "오전 10시"):
        await booker.presses(label)
    await booker.presses("이름 고치기")
    assert "같은 분의 이름을 고치시는 건가요?" in await booker.says("김순자")
    await booker.presses("아니요, 다른 분이에요")
    names = select(residents.c.name).order_by(residents.c.id)
    assert [row.name for row in await school.rows(names)] == ["홍길동", None]

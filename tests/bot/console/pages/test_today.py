"""The first page of the console: what needs doing, and doing it from there."""

import pytest
from sqlalchemy import select

from storage.counseling import callbacks
from storage.officers import sessions
from storage.tables import callbacks as table
from storage.tables import journal, officer_sessions

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def wanting_a_call(school, visitor):
    """Somebody wants to be called in the morning, about fees."""
    await visitor("a").goes_to("news/news/on")
    told = "+821000000009", "morning", "수강료", "web", school.now
    await school.database.write(lambda tx: callbacks.ask(tx, 1, *told))


async def outcomes(school):
    return [row.outcome for row in await school.rows(select(table.c.outcome).order_by(table.c.id))]


async def test_an_empty_day_says_so(counter):
    assert "지금은 할 일이 없습니다" in await (await counter.officer()).opens("/desk/")


async def test_what_needs_doing_stands_on_the_first_page_with_the_way_to_it(counter, school, wanting_a_call):
    officer = await counter.officer()
    shown = await officer.opens("/desk/")
    assert "전화 1" in shown
    assert "전화를 부탁한 분 1명" in shown
    assert "/desk/calls" in [each.attributes.get("href") for each in officer.page.all("a")]


async def test_a_call_is_ticked_off_undone_and_tried_in_vain(counter, school, wanting_a_call):
    officer = await counter.officer()
    assert "010-0000-0009" in await officer.opens("/desk/calls")
    assert "tel:01000000009" in [each.attributes.get("href") for each in officer.page.all("a")]
    assert "1건을 한 것으로 적었습니다" in await officer.presses("전화함", note="수강료를 알려 드림")
    assert await outcomes(school) == ["called"]
    assert "없습니다" in await officer.opens("/desk/")
    await officer.opens("/desk/calls")


async def test_ticking_off_is_undone_by_the_button_beside_it(counter, school, wanting_a_call):
    officer = await counter.officer()
    await officer.opens("/desk/calls")
    await officer.presses("전화함")
    assert "되돌렸습니다" in await officer.presses("되돌리기")
    assert officer.answer.url.path == "/desk/calls"
    assert await outcomes(school) == [None]


async def test_who_was_called_in_vain_stays_with_the_note(counter, school, wanting_a_call):
    officer = await counter.officer()
    await officer.opens("/desk/calls")
    assert "메모를 적어 주세요" in await officer.presses("못 닿음")
    await officer.opens("/desk/calls")
    assert "officer0 님: 통화 중" in await officer.presses("못 닿음", note="통화 중")
    assert await outcomes(school) == [None]


async def test_whom_a_notice_did_not_reach_is_told_by_hand_from_the_same_page(counter, school, visitor, clock):
    await visitor("first").registers(await school.opens(capacity=1), mobile="010-0000-0002")
    await visitor("w1").registers(1, name="성춘향")
    await visitor("first").goes_to("mine/1/cancel/yes")
    await clock.ticks()
    officer = await counter.officer()
    assert "자리 제안을 알릴 길이 없는 분 1명" in await officer.opens("/desk/")
    assert "성춘향" in await officer.opens("/desk/calls")
    assert "알림 1건을 직접 알린 것으로 적었습니다" in await officer.presses("알림", note="참여하신다고 함")
    assert "성춘향" not in await officer.opens("/desk/calls")


@pytest.mark.parametrize(("role", "sees"), [("lead", True), ("officer", True), ("counselor", False), ("viewer", False)])
async def test_who_cannot_do_something_about_it_does_not_see_it(counter, school, wanting_a_call, role, sees):
    assert ("전화를 부탁한 분" in await (await counter.officer(role)).opens("/desk/")) == sees


async def test_the_list_that_is_fetched_by_itself_keeps_nobody_signed_in_and_takes_no_message_away(
    counter, school, wanting_a_call
):
    officer = await counter.officer()
    await officer.opens("/desk/calls")
    school.waits(minutes=15)
    await school.database.write(lambda tx: sessions.tell(tx, 1, "적었습니다"))
    assert "전화를 부탁한 분 1명" in await officer.opens("/desk/due")
    (row,) = await school.rows(select(officer_sessions.c.seen_at, officer_sessions.c.told))
    assert (school.now - row.seen_at).total_seconds() == 15 * 60
    assert row.told == "적었습니다"
    school.waits(minutes=6)
    assert "로그인" in await officer.opens("/desk/due")


async def test_looking_at_the_day_names_nobody_and_writes_nothing_down(counter, school, wanting_a_call):
    officer = await counter.officer()
    await officer.opens("/desk/")
    assert await school.rows(select(journal.c.id)) == []
    await officer.opens("/desk/calls")
    assert [row.action for row in await school.rows(select(journal.c.action).order_by(journal.c.id))] == [
        "look/calls",
        "look/outbox",
    ]


async def test_a_long_list_goes_on_once_the_first_are_ticked_off(counter, school, visitor, wanting_a_call):
    for number in range(2, 53):
        await visitor(f"v{number}").goes_to("news/news/on")
        told = number, "+821000000009", "any", None, "web", school.now
        await school.database.write(lambda tx, told=told: callbacks.ask(tx, *told))
    officer = await counter.officer()
    assert "2건이 더 있습니다" in await officer.opens("/desk/calls")
    assert "1건이 더 있습니다" in await officer.presses("전화함")
    assert len(officer.answer.content) < 100_000

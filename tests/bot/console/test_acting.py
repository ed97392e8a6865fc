"""Doing something from a page: seen before it is done, told on the next page, undone by a button."""

import pytest
from sqlalchemy import select

from storage.audit import journal
from storage.tables import courses

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def barista(school, resident):
    """T1, with two who are told of what happens to it."""
    course_id = await school.opens(code="T1")
    for number in range(2):
        await resident(number).registers(course_id, mobile=f"010-0000-000{number}")
    return course_id


async def test_what_an_act_would_tell_is_shown_and_nothing_is_done_before_it_is_confirmed(counter, school, barista):
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/close")
    shown = await officer.presses("누구에게 알리는지", reason="신청 인원 부족")
    assert "아직 하지 않았습니다" in shown
    assert await school.enrolled(barista) == 2
    done = await officer.presses("그대로 하기")
    assert "폐강했습니다. 까닭: 신청 인원 부족" in done
    assert "폐강했습니다" not in await officer.opens("/desk/courses")


async def test_an_act_is_undone_by_the_button_that_is_told_with_it(counter, school, barista):
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/close")
    await officer.presses("누구에게 알리는지", reason="신청 인원 부족")
    await officer.presses("그대로 하기")
    assert "되돌렸습니다. 아직 아무에게도 알리지 않았습니다" in await officer.presses("되돌리기")
    assert officer.answer.url.path == "/desk/courses/T1"
    assert [row.state for row in await school.rows(select(courses.c.state))] == ["published"]


async def test_what_was_typed_stays_where_an_act_is_declined(counter, school, barista):
    officer = await counter.officer()
    long = "까닭이 " * 200
    await officer.opens("/desk/courses/T1/close")
    assert "폐강하는 까닭" in await officer.presses("누구에게 알리는지", reason=long)
    assert officer.answer.status_code == 422
    assert officer.page.one("input", name="reason").attributes["value"] == long.strip()


async def test_confirming_twice_does_it_once(counter, school, barista):
    officer = await counter.officer()
    words = {"reason": "신청 인원 부족", "sure": "1"}
    await officer.sends("/desk/courses/T1/close", words)
    assert "이미" in await officer.sends("/desk/courses/T1/close", words)


async def test_the_journal_says_who_did_it_and_from_where(counter, school, barista):
    officer = await counter.officer(login="kim")
    await officer.sends("/desk/courses/T1/close", {"reason": "신청 인원 부족", "sure": "1"})
    (entry,) = await school.database.read(lambda tx: journal.recent(tx, 1))
    assert (entry.officer.name, entry.officer.origin, entry.action) == ("kim 님", "127.0.0.1", "close-course")


async def test_a_form_that_is_too_large_is_refused_before_it_is_read(counter, school, barista):
    officer = await counter.officer()
    assert "너무 커서" in await officer.sends("/desk/courses/T1/close", {"reason": "가" * 300_000})
    assert officer.answer.status_code == 413


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/desk//elsewhere.example"])
async def test_nobody_is_led_to_another_site(counter, school, barista, back):
    officer = await counter.officer()
    await officer.sends("/desk/courses/T1/close", {"reason": "신청 인원 부족", "sure": "1"})
    entry = next(iter(officer.page.all("input", name="entry"))).attributes["value"]
    await officer.sends("/desk/undo", {"entry": entry, "back": back, "sure": "1"})
    assert officer.answer.url.host == "desk.example.org"

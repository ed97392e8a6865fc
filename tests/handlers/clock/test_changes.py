"""Classes that move and courses that close: told once, from where one believes them to be."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from handlers.dialogue.chat import Chat
from handlers.notices import what_changed
from storage.people import residents
from storage.teaching import changes as course_changes
from storage.teaching import courses
from tests.support.clock.scenes import at, attends, change, moved
from tests.support.domain import MONDAY, SETTINGS

pytestmark = pytest.mark.on_sqlite


async def test_a_moved_class_is_told_once_with_the_old_and_the_new_time(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await change(school, course, moved(school, days=1))
    (letter,) = await clock.ticks()
    assert "• 12월 15일(화) 오전 10시 → 12월 16일(수) 오전 10시" in letter.text
    assert letter.labels == ["내 신청 보기", "달력에 넣기", "신청 취소하기"]
    assert await clock.ticks() == []


async def test_after_the_start_a_moved_class_names_the_number_to_call_and_no_cancelling(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await clock.until(at("12-09 12:00"), timedelta(hours=4))
    await change(school, course, moved(school, days=1))
    (letter,) = await clock.ticks()
    assert "오실 수 없으면 02-000-0000으로 전화해 주세요." in letter.text
    assert "신청 취소하기" not in letter.labels


async def test_a_class_moved_twice_is_told_from_where_one_believes_it_to_be(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await change(school, course, moved(school, days=1))
    await clock.ticks()
    school.waits(seconds=30)
    await change(school, course, moved(school, days=1))
    (letter,) = await clock.ticks()
    assert "• 12월 16일(수) 오전 10시 → 12월 17일(목) 오전 10시" in letter.text


async def test_a_class_moved_and_moved_back_before_it_could_be_told_is_not_spoken_of(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await clock.ticks()
    school.now = at("12-07 22:00")
    await change(school, course, moved(school, days=1))
    await clock.ticks()
    await change(school, course, moved(school, days=-1))
    assert [letter for letter in await clock.until(at("12-08 07:59")) if "바뀌었어요" in letter.text] == []
    letters = await clock.until(at("12-08 08:00"))
    assert [letter for letter in letters if "바뀌었어요" in letter.text] == []


@pytest.mark.on_sqlite
async def test_a_class_of_today_that_moves_is_told_even_at_night(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await clock.until(at("12-15 06:00"), timedelta(hours=1))
    await change(school, course, moved(school, days=1))
    (letter,) = await clock.ticks()
    assert "바뀌었어요" in letter.text


async def test_a_class_that_moved_after_its_reminder_was_planned_is_not_reminded_of_as_it_was(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await clock.until(at("12-14 17:59"), timedelta(hours=3))
    school.now = at("12-14 18:00")
    await clock.plans()
    await change(school, course, moved(school, days=2))
    assert ["바뀌었어요" in letter.text for letter in await clock.ticks()] == [True]


async def test_a_closed_course_is_told_to_all_with_the_reason_and_what_is_open_instead(school, resident, clock):
    course = await school.opens(capacity=1)
    await school.opens(title="라떼아트")
    await school.opens(title="정리수납", category="생활")
    for number in (1, 2):
        await resident(number).registers(course, mobile=f"010-0000-000{number}")
    await school.database.write(lambda tx: courses.cancel(tx, course, "강사 사정"))
    first, second = await clock.ticks()
    assert first.text == second.text
    assert "‘바리스타 2급’이 열리지 않게 되었어요. 까닭: 강사 사정." in first.text
    assert first.labels[:2] == ["라떼아트", "정리수납"]
    assert await clock.until(at("12-30 12:00"), timedelta(hours=12)) == []


async def changes(school, course, **values):
    """An officer's file changes the course itself, and not its classes."""

    def work(tx):
        before = courses.lock(tx, course)
        after = replace(before, **values)
        courses.save(tx, [after])
        course_changes.note(tx, [(before, after)], school.now)

    await school.database.write(work)


FIELDS = [
    ({"venue": "중구청 3층"}, "• 장소: 실습실 A → 중구청 3층"),
    ({"directions": "3호선\n5번 출구"}, "• 찾아오는 길: 중구청 앞에서 걸어서 3분 → 3호선 5번 출구"),
    ({"material_fee": 0}, "• 재료비: 120,000원 → 무료"),
    ({"textbook_fee": 18_000}, "• 교재비: 무료 → 18,000원"),
    ({"supplies": ""}, "• 준비물: 앞치마 → 없음"),
    ({"payment": "계좌이체"}, "• 납부: 계좌이체"),
    ({"end_time": time(14)}, "• 수업 시간: 매주 화요일 오전 10시~오후 1시 → 매주 화요일 오전 10시~오후 2시"),
]


@pytest.mark.parametrize(("values", "line"), FIELDS)
async def test_place_fees_supplies_and_the_end_of_classes_are_told_as_surely_as_times(
    school, resident, clock, values, line
):
    course, _ = await attends(school, resident, clock)
    await changes(school, course, **values)
    (letter,) = await clock.ticks()
    assert line in letter.text.splitlines()
    assert await clock.ticks() == []


async def test_in_english_what_is_told_is_told_as_it_is_now(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await resident(1).goes_to("language/en")
    await changes(school, course, venue="중구청 3층", venue_en="City Hall, 3rd floor", material_fee=0)

    def said(tx):
        someone = residents.by_id(tx, 1)
        chat = Chat(tx, someone, school.now, "telegram", "1", SETTINGS.to_organization())
        return what_changed.lines(chat, course, MONDAY)

    told = await school.database.read(said)
    assert told == ([], ["• Place: City Hall, 3rd floor", "• Material: KRW 120,000 → free"])


async def test_what_was_changed_and_changed_back_before_it_could_be_told_is_not_spoken_of(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await changes(school, course, venue="중구청 3층")
    await changes(school, course, venue="실습실 A")
    assert await clock.ticks() == []


async def test_what_changes_after_the_last_class_is_told_to_nobody(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    school.now = at("12-29 13:01")
    await changes(school, course, venue="중구청 3층", supplies="")
    assert [letter for letter in await clock.ticks() if "바뀌" in letter.text] == []


async def test_a_fee_waits_for_the_morning_and_a_place_of_today_does_not(school, resident, clock):
    course, _ = await attends(school, resident, clock)
    await clock.until(at("12-15 06:00"), timedelta(hours=4))
    await changes(school, course, material_fee=0)
    assert await clock.ticks() == []
    await changes(school, course, venue="중구청 3층")
    (letter,) = await clock.ticks()
    assert "• 장소: 실습실 A → 중구청 3층" in letter.text

"""What people in a course hear when its file changes: one line a change, in order, and only what is so."""

from datetime import datetime

import pytest
from sqlalchemy import select

from handlers.staff.courses.sheets import importing
from handlers.staff.desk import acts
from handlers.staff.desk.undoing import undo
from handlers.staff.importers import IMPORT
from storage.tables import course_changes
from storage.teaching import courses
from tests.support.domain import SEOUL

pytestmark = pytest.mark.on_sqlite

OPEN = {"접수종료": "2026-11-30"}


@pytest.fixture
def hears(school, resident, clock, rows):
    """What somebody with a seat in the good course is told once its row says something else."""

    async def make(change, at=None):
        await school.gets(importing.import_courses, rows(OPEN))
        course = (await school.database.read(lambda tx: courses.by_code(tx, ["26-01"])))["26-01"]
        await resident(1).registers(course.id)
        await clock.ticks()
        school.now = at or school.now
        await clock.ticks()
        school.waits(minutes=1)
        await school.gets(importing.import_courses, rows(OPEN | change))
        letters = await clock.ticks()
        return [line for letter in letters for line in letter.text.splitlines() if line.startswith(("‘", "• "))]

    return make


async def test_a_room_is_told(hears):
    assert await hears({"장소": "중구청 3층", "찾아오는 길": "시청역 5번 출구"}) == [
        "‘바리스타 2급’ 안내가 바뀌었어요.",
        "• 장소: 실습실 A → 중구청 3층",
        "• 찾아오는 길: 시청역 5번 출구",
    ]


async def test_a_shift_of_a_whole_course_is_told_by_its_new_first_day_and_dates_in_order(hears):
    assert await hears({"시작일": "2026-12-08", "종료일": "2027-01-05"}) == [
        "‘바리스타 2급’ 수업이 바뀌었어요.",
        "• 교육기간: 12월 1일(화) ~ 12월 29일(화) → 12월 8일(화) ~ 2027년 1월 5일(화)",
        "• 첫 수업: 12월 8일(화) 오전 10시",
        "• 수업 날: 12월 8일(화), 12월 15일(화), 12월 22일(화), 12월 29일(화), 2027년 1월 5일(화) (모두 5회)",
    ]


async def test_another_weekday_and_hour_is_told_once_and_not_class_by_class(hears):
    assert await hears({"요일": "수", "시작일": "2026-12-02", "시작시간": "14:00", "종료시간": "17:00"}) == [
        "‘바리스타 2급’ 수업이 바뀌었어요.",
        "• 교육기간: 12월 1일(화) ~ 12월 29일(화) → 12월 2일(수) ~ 12월 29일(화)",
        "• 수업 시간: 매주 화요일 오전 10시~오후 1시 → 매주 수요일 오후 2시~5시",
        "• 첫 수업: 12월 2일(수) 오후 2시",
        "• 수업 날: 12월 2일(수), 12월 9일(수), 12월 16일(수), 12월 23일(수) (모두 4회)",
    ]


async def test_after_the_start_the_next_class_is_told(hears):
    told = await hears({"시작시간": "14:00", "종료시간": "17:00"}, datetime(2026, 12, 9, 12, tzinfo=SEOUL))
    assert told[1:] == [
        "• 수업 시간: 매주 화요일 오전 10시~오후 1시 → 매주 화요일 오후 2시~5시",
        "• 다음 수업: 12월 15일(화) 오후 2시",
        "• 수업 날: 12월 15일(화), 12월 22일(화), 12월 29일(화) (모두 3회)",
    ]


async def test_a_day_off_and_a_class_more_are_told_each(hears):
    assert await hears({"휴강일": "2026-12-15", "종료일": "2027-01-05"}) == [
        "‘바리스타 2급’ 수업이 바뀌었어요.",
        "• 12월 15일(화) 오전 10시 → 1월 5일(화) 오전 10시",
    ]


@pytest.mark.on_both
async def test_added_classes_are_told(hears):
    assert (await hears({"종료일": "2027-01-12"}))[1:] == [
        "• 1월 5일(화) 오전 10시 수업이 생겼어요.",
        "• 1월 12일(화) 오전 10시 수업이 생겼어요.",
    ]


@pytest.mark.parametrize("change", [{"분류": "음료"}, {"정원": 20}, {"상태": "접수중지"}, {"접수종료": "2026-11-29"}])
async def test_what_concerns_nobody_with_a_seat_is_not_told(hears, change):
    assert await hears(change) == []


@pytest.mark.on_both
async def test_what_was_undone_before_it_was_told_is_not_told(school, resident, clock, rows):
    def does(changed):
        return school.gets(acts.perform, IMPORT, {"rows": changed})

    await does(rows(OPEN))
    course = (await school.database.read(lambda tx: courses.by_code(tx, ["26-01"])))["26-01"]
    await resident(1).registers(course.id)
    await clock.passes(hours=1)
    (step,) = (await does(rows(OPEN | {"장소": "2층"}))).steps
    await school.gets(undo, step.args["entry"])
    assert [letter for letter in await clock.passes(hours=1) if "바뀌" in letter.text] == []
    assert (await school.database.read(lambda tx: courses.get(tx, course.id))).venue == "실습실 A"
    assert await school.rows(select(course_changes)) == []

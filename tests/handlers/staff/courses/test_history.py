"""What was done to a course is told in words: who, when, what from and what to, and how many heard of it."""

import pytest

from handlers.staff.courses import closing, history, states
from handlers.staff.courses.classes import moving
from handlers.staff.desk import acts, undoing
from storage.tables import outbox


async def does(school, act, **args):
    school.waits(minutes=1)
    return await school.gets(acts.perform, act, {"code": "26-01", **args})


async def told(school):
    """By what was done, the newest first: its details, and who was told."""
    found = await school.gets(history.show, "26-01")
    rows = zip(found.tables[0].rows, found.tables[0].details, strict=True)
    return [(row[1], row[2], [" ".join(each) for each in details], row[3]) for row, details in rows]


@pytest.fixture
async def attended(school, resident):
    """A course with somebody in it."""
    course = await school.opens(code="26-01")
    await resident(1).registers(course)
    return course


async def test_a_course_that_nobody_changed_has_no_history(school, attended):
    assert (await school.gets(history.show, "26-01")).title.endswith("바뀐 것이 없습니다.")


async def test_fields_classes_and_reasons_are_told_the_newest_first(school, attended, editor):
    officer = editor("김담당")
    await officer.opens("26-01")
    school.waits(minutes=1)
    await officer.saves(venue="실습실 B", capacity="20")
    await does(school, moving.MOVE, number=2, when="2026-12-16")
    await does(school, moving.DROP, number=4)
    await does(school, closing.CLOSE, reason="신청 인원 부족")
    assert await told(school) == [
        ("배움톡", "폐강", ["상태 공개 → 폐강", "까닭 신청 인원 부족"], ""),
        ("배움톡", "수업 없애기", ["수업 12월 29일(화) 오전 10시 없앰"], ""),
        ("배움톡", "수업 옮기기", ["수업 12월 15일(화) 오전 10시 → 12월 16일(수) 오전 10시"], ""),
        ("김담당", "과정 고치기", ["장소 ‘실습실 A’ → ‘실습실 B’", "정원 15 → 20"], ""),
    ]


async def test_what_was_undone_says_so_and_its_undoing_what_it_put_back(school, attended):
    done = await does(school, states.SET_STATE, state="접수중지")
    school.waits(minutes=1)
    await school.gets(undoing.undo, done.steps[-1].args["entry"])
    assert await told(school) == [
        ("배움톡", "상태 바꾸기 되돌리기", ["상태 접수중지 → 공개"], ""),
        ("배움톡", "상태 바꾸기 (되돌림)", ["상태 공개 → 접수중지"], ""),
    ]


async def test_it_tells_how_many_heard_of_what(school, attended, clock):
    await does(school, moving.MOVE, number=2, when="2026-12-16")
    school.waits(minutes=15)
    await clock.ticks()
    rows = await school.rows(outbox.select().where(outbox.c.kind == "changed"))
    assert len(rows) == 1
    assert (await told(school))[0][3] == "1명에게 알림"

"""The attendance of a course as a file in the console: taken away for a purpose, seen before it is brought back."""

import pytest
from sqlalchemy import select

from storage.tables import attendance, journal
from tests.support.people.attending import has_classes, marks

pytestmark = pytest.mark.on_sqlite
PAGE = "/desk/courses/T1/attendance/sheet"


@pytest.fixture
async def at_sheets(counter, school, resident):
    course = await school.opens(code="T1")
    await resident(1).registers(course)
    school.waits(days=60)
    await has_classes(school, course, 3)
    await marks(school, course, 1, "출")
    return await counter.officer()


async def taken(at_sheets, purpose="종이 출석부 옮겨 적기", kind=".csv"):
    await at_sheets.sends(f"{PAGE}/file", {"purpose": purpose, "kind": kind})
    return at_sheets.answer


async def test_a_file_leaves_for_a_purpose_alone(at_sheets, school):
    refused = await taken(at_sheets, " ")
    assert (refused.status_code, "무엇에 쓰시는지" in refused.text) == (422, True)
    given = await taken(at_sheets)
    assert given.content.decode("utf-8-sig").splitlines()[1] == "1,홍길동,출석,,"
    rows = await school.rows(select(journal.c.purpose).where(journal.c.action == "look/attendance-sheet"))
    assert [row.purpose for row in rows] == ["종이 출석부 옮겨 적기"]


async def test_a_file_is_seen_before_it_is_brought_in(at_sheets, school):
    text = (await taken(at_sheets)).content.decode("utf-8-sig").replace("출석,,", "출석,✕,△")
    shown = await at_sheets.sends(PAGE, {}, {"file": ("a.csv", text.encode(), "text/csv")})
    assert "새로 2칸, 바뀜 0칸, 그대로 1칸" in shown
    assert len(await school.rows(select(attendance.c.id))) == 1
    await at_sheets.presses("그대로 등록")
    marked = await school.rows(select(attendance.c.mark).order_by(attendance.c.session_id))
    assert [row.mark for row in marked] == ["present", "absent", "late"]


async def test_a_correction_is_asked_why_on_the_page_that_shows_it(at_sheets, school):
    text = (await taken(at_sheets)).content.decode("utf-8-sig").replace("출석,,", "결석,,")
    await at_sheets.sends(PAGE, {}, {"file": ("a.csv", text.encode(), "text/csv")})
    await at_sheets.presses("다시 보기", why="종이와 달라서")
    await at_sheets.presses("그대로 등록")
    these = select(attendance.c.mark, attendance.c.reason).where(attendance.c.standing == "counts")
    assert [tuple(row) for row in await school.rows(these)] == [("absent", "종이와 달라서")]


async def test_a_slip_is_told_and_nothing_done(at_sheets, school):
    text = (await taken(at_sheets)).content.decode("utf-8-sig").replace("출석,,", "출석,몰라,")
    shown = await at_sheets.sends(PAGE, {}, {"file": ("a.csv", text.encode(), "text/csv")})
    assert at_sheets.answer.status_code == 422
    assert "2행 D열" in shown
    assert "그대로 등록" not in shown

"""Two courses in one place at one time are told of, however its name is spaced; other halls stay apart."""

from datetime import date

import pytest

from handlers.staff.courses.venues import fold
from handlers.staff.importers import import_rows

AT_ONCE = "같은 때 같은 곳에서 하는 과정이 있습니다. 맞는지 확인해 주세요."


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("평생학습관 2층 실습실", "평생학습관 (2층)실습실", True),
        ("실습실 A", "실습실Ａ", True),
        ("실습실 A", "실습실 B", False),
        ("2-1 강의실", "21 강의실", False),
        ("2-1 강의실", "2 – 1강의실", True),
        ("제1강의실", "제2강의실", False),
    ],
)
def test_a_place_is_known_by_its_letters_and_numbers(one, other, is_one):
    assert (fold(one) == fold(other)) == is_one


@pytest.mark.parametrize("name", ["온라인", "온라인(줌)", "ZOOM", "추후 안내", "-"])
def test_where_nobody_gets_in_anothers_way_is_no_place(name):
    assert fold(name) == ""


async def clashes(school, rows, *changed):
    told = await school.gets(import_rows, rows(*changed), only_check=True)
    return [item for part in told for table in part.tables if table.title == AT_ONCE for item in table.items]


@pytest.mark.on_sqlite
async def test_a_sheet_tells_of_a_known_course_in_the_same_place(school, rows):
    await school.opens(code="K", title="라떼아트", venue="실습실(A)", start_date=date(2026, 12, 8))
    assert await clashes(school, rows, {"시작시간": "12:00", "종료시간": "15:00"}) == [
        "바리스타 2급(26-01): 12월 8일(화) 오전 10시~오후 1시에 ‘라떼아트’(K) 과정도 실습실(A)에서 합니다."
    ]
    assert await clashes(school, rows, {"시작시간": "13:00", "종료시간": "15:00"}) == []


async def test_a_sheet_tells_of_two_of_its_own_courses_once(school, rows):
    found = await clashes(school, rows, {}, {"과정번호": "26-02", "과정명": "제과", "장소": "실습실a"})
    assert len(found) == 1


@pytest.mark.on_sqlite
@pytest.mark.parametrize("differing", [{"state": "cancelled"}, {"venue": "실습실 B"}])
async def test_what_is_closed_or_elsewhere_is_in_nobodys_way(school, rows, differing):
    await school.opens(code="K", start_date=date(2026, 12, 8), **differing)
    assert await clashes(school, rows, {}) == []


@pytest.mark.on_sqlite
async def test_a_form_tells_of_it_beside_the_place(school, editor):
    await school.opens(code="K", title="라떼아트", venue="실습실A")
    await school.opens(code="L", start_date=date(2026, 12, 9), weekdays=(2,))
    officer = editor()
    await officer.opens("L")
    assert not any(field.notice for field in (await officer.checks()).fields)
    shown = await officer.checks(start_date="2026-12-08", weekdays="화")
    assert [field.name for field in shown.fields if field.notice] == ["venue"]

"""Qualifications of a course in the console: entered where people are listed, taken out, undone."""

import pytest
from sqlalchemy import select

from storage.tables import qualifications
from tests.support.counseling.completers import completes

pytestmark = pytest.mark.on_sqlite

PAGE = "/desk/courses/T1/qualifications"
TOLD = {"name": "바리스타 2급", "license": "제1호", "day": "2026-11-20"}


@pytest.fixture
async def at_desk(counter, school, visitor):
    course = await school.opens(code="T1")
    await completes(school, visitor(), school.now, course)
    return await counter.officer()


async def kept(school):
    return [(row.name, row.grade, row.license_number) for row in await school.rows(select(qualifications))]


async def test_one_form_enters_it_and_one_button_takes_it_out(at_desk, school):
    assert "수료 1명 가운데 0명" in await at_desk.opens(PAGE)
    assert "취득을 적었습니다" in await at_desk.presses("적기", number="1", **TOLD)
    assert await kept(school) == [("바리스타", "2급", "제1호")]
    await at_desk.opens(PAGE)
    assert "지웠습니다" in await at_desk.presses("지우기")
    assert await kept(school) == []


async def test_it_is_undone(at_desk, school):
    await at_desk.opens(PAGE)
    await at_desk.presses("적기", number="1", **TOLD)
    await at_desk.presses("되돌리기")
    assert await kept(school) == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [({"day": "2027-01-01"}, "아직 오지 않은"), ({"day": "x"}, "날짜를"), ({"name": "-"}, "이름을 적어")],
)
async def test_what_can_not_be_is_declined_and_what_was_typed_stays(at_desk, school, typed, why):
    await at_desk.opens(PAGE)
    assert why in await at_desk.presses("적기", number="1", **{**TOLD, **typed})
    assert at_desk.page.one("input", name="license").attributes["value"] == "제1호"
    assert await kept(school) == []


async def test_of_another_course_or_nobody_nothing_is_entered(at_desk, school):
    assert "이런 번호의 신청이 없습니다" in await at_desk.sends(PAGE, {"number": "99", **TOLD})
    assert await kept(school) == []

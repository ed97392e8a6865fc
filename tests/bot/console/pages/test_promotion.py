"""Links, posters and what they brought, in the console."""

import pytest

from bot.site.qr import drawn
from tests.support.console.counter import URL

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def at_desk(counter, school):
    """Of a course that two looked at by a poster, one of whom registered."""
    await school.opens(code="T1")
    return await counter.officer()


async def test_a_link_is_made_for_a_place_and_its_poster_carries_the_same(at_desk):
    await at_desk.opens("/desk/courses/T1/share")
    await at_desk.presses("주소 만들기", **{"from": "Jobplus-Center"})
    address = f"{URL}/c1/jobplus-center"
    assert at_desk.page.one("input", id="link").attributes["value"] == address
    printed = await at_desk.opens("/desk/courses/T1/poster?from=jobplus-center")
    for said in (
        "바리스타 2급",
        "desk.example.org/c1/jobplus-center",
        "매주 화요일",
        "실습실 A",
        "전화나 방문도 좋아요",
    ):
        assert said in printed
    assert drawn(address) in at_desk.answer.text


async def test_a_place_that_has_a_name_can_be_chosen(at_desk):
    await at_desk.sends("/desk/sources", {"code": "centre", "name": "일자리센터"})
    assert "일자리센터" in await at_desk.opens("/desk/courses/T1/share")
    await at_desk.presses("주소 만들기", place="centre")
    assert at_desk.page.one("input", id="link").attributes["value"] == f"{URL}/c1/centre"


async def test_what_a_poster_brought_is_told_of_the_course_and_of_all(at_desk, visitor):
    for name in ("r1", "r2"):
        await visitor(name).goes_to("start/c1-from-centre")
    await visitor("r1").registers(1)
    for path in ("/desk/courses/T1/share", "/desk/sources"):
        cells = [cell.label for cell in (await opened(at_desk, path)).all("td")]
        assert cells[:6] == ["-", "centre", "2", "1", "1", "0"]


async def opened(at_desk, path):
    await at_desk.opens(path)
    return at_desk.page


async def test_the_poster_of_a_place_lists_what_can_be_registered_for(at_desk):
    said = await at_desk.opens("/desk/poster?from=centre")
    assert "desk.example.org/from/centre" in said
    assert "바리스타 2급" in said


async def test_a_code_that_no_address_can_carry_is_declined(at_desk):
    assert "영문 소문자" in await at_desk.opens("/desk/courses/T1/share?from=신당")
    assert at_desk.answer.status_code == 422
    assert "영문 소문자" in await at_desk.sends("/desk/sources", {"code": "<b>", "name": "x"})


async def test_what_is_typed_is_never_part_of_the_page_s_code(at_desk, school):
    await school.changes(1, title="<script>alert(1)</script>")
    for path in ("/desk/courses/T1/poster", "/desk/courses/T1/share", "/desk/courses/T1/seats", "/desk/poster"):
        await at_desk.opens(path)
        assert "<script>alert" not in at_desk.answer.text


async def test_a_course_that_residents_may_not_see_has_no_poster(at_desk, school):
    await school.changes(1, state="hidden")
    assert "보이지 않는 과정" in await at_desk.opens("/desk/courses/T1/poster")

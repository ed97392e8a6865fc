"""Seats of a course in the console: kept for an institution, given to who waits, given back."""

import pytest

from storage.teaching import courses

pytestmark = pytest.mark.on_sqlite

SEATS = "/desk/courses/T1/seats"
WANTED = {"institution": "일자리플러스센터", "count": "2", "until": "2026-11-30"}


async def kept(school):
    return (await school.database.read(lambda tx: courses.get(tx, 1))).kept


async def test_seats_are_kept_with_one_form_and_given_back_with_one_button(at_course, school):
    await at_course.opens(SEATS)
    assert "일자리플러스센터에 2자리를 잡아 두었습니다" in await at_course.presses("잡아 두기", **WANTED)
    assert await kept(school) == 2
    assert "2자리를 풉니다" in await at_course.presses("자리 풀기")
    assert "2자리를 풀었습니다" in await at_course.presses("그대로 하기")
    assert await kept(school) == 0


async def test_who_waits_gets_a_kept_seat(at_course, school, resident):
    await at_course.sends(SEATS, {"do": "hold", **WANTED})
    await resident(1).registers(1)
    await at_course.opens(SEATS)
    assert "1명에게 저절로 알립니다" in await at_course.presses("자리 드리기", numbers="1")
    await at_course.presses("그대로 하기")
    assert (await school.enrolled(1), await kept(school)) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"count": "3"}, "잡아 둘 수 있는 자리는 2개"),
        ({"count": "x"}, "숫자로 적어"),
        ({"until": "2026-11-01"}, "기한"),
    ],
)
async def test_what_can_not_be_kept_is_declined_and_what_was_typed_stays(at_course, typed, why):
    await at_course.opens(SEATS)
    assert why in await at_course.presses("잡아 두기", **{**WANTED, **typed})
    assert at_course.page.one("input", name="institution").attributes["value"] == "일자리플러스센터"


async def test_who_may_not_decide_sees_what_is_kept_and_no_form(at_course, counter):
    await at_course.sends(SEATS, {"do": "hold", **WANTED})
    viewer = await counter.officer("viewer")
    assert "일자리플러스센터" in await viewer.opens(SEATS)
    assert "잡아 두기" not in [button.label for button in viewer.page.all("button")]

"""A tablet at the counter: who stands before it registers, and gets nowhere else."""

import pytest
from sqlalchemy import select

from bot.console.pages import PAGES
from storage.tables import enrollments, officer_sessions

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("quickly")]

PATH = "/desk/counter"
VISITOR = {"course": "T1", "name": "임꺽정", "birth_year": "1970", "mobile": "010-0000-0009", "dong": "청구동"}
AGREED = {**VISITOR, "agreed": "1"}


@pytest.fixture
async def tablet(counter, school):
    """Opened by an officer with the PIN 1234."""
    await school.opens(code="T1")
    opened = await counter.officer()
    await opened.opens(PATH)
    await opened.presses("접수대로 쓰기", pin="1234")
    return opened


async def test_who_stands_before_it_registers_and_reads_what_came_of_it(tablet, school):
    said = await tablet.presses("신청하기", **AGREED)
    assert "자리가 정해졌어요" in said
    [row] = await school.rows(select(enrollments.c.channel, enrollments.c.state))
    assert (row.channel, row.state) == ("visit", "confirmed")


async def test_the_next_one_finds_it_empty_and_it_empties_itself(tablet):
    await tablet.presses("신청하기", **AGREED)
    assert tablet.page.one("meta", **{"http-equiv": "refresh"}).attributes["content"] == "30;url=/desk/counter"
    await tablet.opens(PATH)
    assert "임꺽정" not in tablet.answer.text
    assert tablet.page.one("meta", **{"http-equiv": "refresh"}).attributes["content"] == "120;url=/desk/counter"
    assert "no-store" in tablet.answer.headers["cache-control"]


@pytest.mark.parametrize("page", [each for each in PAGES if not each.of_counter], ids=lambda page: page.path)
async def test_no_other_page_opens_on_it(tablet, page):
    path = "/desk" + "/".join(
        "T1" if part == "{code}" else "1" if "{" in part else part for part in page.path.split("/")
    )
    method = "GET" if page.look else "POST"
    answer = await tablet.http.request(method, path, headers={"origin": str(tablet.http.base_url).rstrip("/")})
    assert (answer.status_code, answer.headers["location"]) == (303, PATH)


async def test_what_stands_in_somebody_s_record_is_told_to_nobody_before_it(tablet):
    await tablet.presses("신청하기", **AGREED)
    await tablet.opens(PATH)
    said = await tablet.presses("신청하기", **AGREED)
    assert "담당자에게 말씀해 주세요" in said
    assert "이미" not in said


async def test_a_slip_can_be_mended_and_nothing_is_done_without_agreeing(tablet, school):
    assert "네 자리 숫자" in await tablet.presses("신청하기", **{**AGREED, "birth_year": "비밀"})
    assert tablet.page.one("input", name="name").attributes["value"] == "임꺽정"
    assert "담당자에게" in await tablet.presses("신청하기", **VISITOR)
    assert await school.rows(select(enrollments.c.id)) == []


async def test_the_pin_gives_the_officer_their_pages_back(tablet):
    assert "PIN이 맞지 않습니다" in await tablet.presses("담당자 화면으로", pin="9999")
    await tablet.presses("담당자 화면으로", pin="1234")
    assert "신청한 분" in await tablet.opens("/desk/courses/T1")


async def test_after_five_wrong_ones_it_is_nobody_s(tablet, school):
    for _ in range(5):
        await tablet.presses("담당자 화면으로", pin="9999")
    await tablet.presses("담당자 화면으로", pin="1234")
    assert str(tablet.answer.url).endswith("/desk/sign-in")
    assert await school.rows(select(officer_sessions.c.id)) == []


@pytest.mark.parametrize("pin", ["", "12", "123456789", "십이삼사"])
async def test_a_pin_that_is_none_opens_nothing(counter, school, pin):
    officer = await counter.officer()
    assert "PIN은 숫자" in await officer.sends(PATH, {"pin": pin})

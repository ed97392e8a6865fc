"""Telling a friend: an address that opens the course, and says that a friend brought whoever opens it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from storage.tables import addresses

pytestmark = pytest.mark.on_sqlite


async def shares(resident, course):
    await resident.goes_to(f"courses/{course}/more")
    await resident.presses("친구에게 알리기")
    return resident.screen.buttons[0]


async def test_what_is_sent_on_is_the_course_and_its_address(school, visitor):
    course = await school.opens()
    send = await shares(visitor(), course)
    assert (send.label, send.url) == ("친구에게 보내기", f"http://127.0.0.1:8080/?start=c{course}-from-friend")
    assert send.shared_text == "바리스타 2급\n12월 8일(화) 시작 · 매주 화요일 오전 10시~오후 1시"


async def test_who_opens_it_sees_the_course_and_came_by_a_friend(school, visitor):
    send = await shares(visitor(), await school.opens())
    [start] = parse_qs(urlsplit(send.url).query)["start"]
    assert "바리스타 2급" in await visitor("friend").says(f"/start {start}")
    assert {row.origin for row in await school.rows(select(addresses.c.origin))} == {"friend"}


async def test_a_receipt_leads_there_too(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens())
    assert "바리스타 2급" in await resident.presses("친구에게 알리기")
    assert "홍길동" not in resident.screen.buttons[0].shared_text


async def test_a_course_that_nobody_may_know_of_is_not_sent_on(school, visitor):
    course = await school.opens(state="hidden")
    assert "지금 볼 수 없어요" in await visitor().goes_to(f"courses/{course}/share")

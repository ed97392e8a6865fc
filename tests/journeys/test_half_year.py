"""A half-year at the console from an empty database: thirteen courses, a hundred and sixty people, no shell."""

import io
from datetime import timedelta

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from storage.tables import courses, enrollments, outbox
from tests.support.domain import PERSON, PUBLIC_VALUE

pytestmark = pytest.mark.on_sqlite

HEADER = "과정번호 과정명 학기 장소 정원 접수시작 접수종료 시작일 종료일 요일 시작시간 종료시간 선정방법"
COURSES, SEATS, PEOPLE = 13, 10, 160
LOTTERY, CHOSEN = "K12", "K13"


def sheet():
    """Thirteen courses, each in a hall of its own: the last but one draws, the last is decided by officers."""
    book = Workbook()
    book.active.append(HEADER.split())
    for number in range(1, COURSES + 1):
        how = {12: "추첨", 13: "심사"}.get(number, "선착순")
        dates = ["2026-11-20 09:00", "2026-11-30 18:00", "2027-01-05", "2027-01-26", "화", "10:00", "13:00"]
        book.active.append([f"K{number}", f"과정 {number}", "2027-H1", f"강의실 {number}", SEATS, *dates, how])
    held = io.BytesIO()
    book.save(held)
    return {"file": ("2027-상반기.xlsx", held.getvalue())}


async def applies(number, school, resident, officer):
    """Every fourth calls, the others write."""
    code = f"K{number % COURSES + 1}"
    told = {"name": f"김{chr(0xAC00 + number * 28)}나", "mobile": f"010-0000-{number:04}"}
    if number % 4 == 0:
        await officer.opens(f"/desk/register?course={code}")
        said = await officer.presses("접수하기", **{**PERSON, **told, "aloud": "1"})
        assert "접수했습니다" in said, (number, said[170:600])
    else:
        (row,) = await school.rows(select(courses.c.id).where(courses.c.code == code))
        await resident(number).registers(row.id, **told)


async def by_state(school, code):
    of = select(enrollments.c.state, func.count().label("count")).join(courses).where(courses.c.code == code)
    return {row.state: row.count for row in await school.rows(of.group_by(enrollments.c.state))}


async def confirms(officer):
    return await officer.presses("그대로 하기")


async def decides(counter, school):
    """Who gets the seats of the last course, and the draw of the one before."""
    officer = await counter.officer()
    await officer.opens(f"/desk/courses/{CHOSEN}/decide")
    await officer.presses("뽑으면 어떻게")
    await confirms(officer)
    await officer.opens(f"/desk/courses/{LOTTERY}/draw")
    await officer.presses("목록을 지금 확정하기")
    if "그대로 하기" in officer.text:
        await confirms(officer)
    await school.hears_the_public_value(LOTTERY)
    officer = await counter.officer()
    await officer.opens(f"/desk/courses/{LOTTERY}/draw")
    await officer.presses("추첨하면 어떻게", value=PUBLIC_VALUE)
    await confirms(officer)


async def writes_to(counter, clock, code):
    officer = await counter.officer()
    await officer.opens(f"/desk/courses/{code}/message")
    await officer.presses("미리 보기", text="첫 수업에 앞치마를 가져와 주세요.")
    assert "보내기로 했습니다" in await officer.presses("보내기")
    await clock.passes(days=1)


async def completes(counter, code):
    officer = await counter.officer()
    await officer.opens(f"/desk/courses/{code}/complete")
    await officer.presses("누구에게 알리는지")
    return await confirms(officer)


async def test_a_half_year_runs_from_the_console_alone(counter, school, resident, clock):
    lead = await counter.officer("lead")
    await lead.opens("/desk/officers")
    assert "시작하는 링크" in await lead.presses("계정 만들기", login="park", name="박담당", role="officer")
    officer = await counter.officer()
    assert "새로 13개" in await officer.sends("/desk/import", {}, sheet())
    await officer.presses("그대로 등록")
    await school.promises_lotteries()
    for number in range(PEOPLE):
        await applies(number, school, resident, officer)
    assert await by_state(school, "K1") == {"confirmed": SEATS, "waiting": 13 - SEATS}
    school.now += timedelta(days=8)
    await decides(counter, school)
    assert [(await by_state(school, code))["confirmed"] for code in (LOTTERY, CHOSEN)] == [SEATS, SEATS]
    await writes_to(counter, clock, "K2")
    told = await school.rows(select(func.count()).where(outbox.c.kind == "announcement", outbox.c.outcome == "sent"))
    assert told[0][0] == sum(number % 13 == 1 and number % 4 != 0 for number in range(SEATS * COURSES))
    school.now += timedelta(days=60)
    assert "과정 3" in await (await counter.officer()).opens("/desk/")
    assert "수료 10명, 미수료 0명" in await completes(counter, "K3")
    today = await (await counter.officer()).opens("/desk/")
    assert "과정 3’(K3): 마지막 수업이 끝났습니다" not in today
    assert "과정 3’(K3): 수료증을 낼 분 10명" in today

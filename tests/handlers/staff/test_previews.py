"""Each act of officers as it is seen before it is done: what it would do, whom it would tell, and nothing changed."""

from datetime import datetime

import pytest
from sqlalchemy import select

from bot.desk import Gate
from handlers.staff.counseling import appointments, outcomes
from handlers.staff.counseling.outcomes import Noted
from handlers.staff.courses import closing, lotteries, selections
from handlers.staff.courses.classes import moving
from handlers.staff.courses.completion import completing
from handlers.staff.reports.lines import of_told
from handlers.staff.surveys import rounds
from storage import tables
from storage.audit.journal import Officer
from tests.support.counseling.centre import Centre, at, books
from tests.support.domain import PUBLIC_VALUE, SEOUL, SETTINGS, typed
from tests.support.surveys.ballots import Ballots, satisfied
from tests.support.surveys.poll import Office, standard

pytestmark = pytest.mark.on_sqlite

OVER = datetime(2026, 12, 29, 14, tzinfo=SEOUL)
TABLES = (tables.courses, tables.enrollments, tables.sessions, tables.appointments)
ONE = "1명에게 저절로 알립니다 (텔레그램 1명)."


async def rows(school):
    return [await school.rows(select(table).order_by(table.c.id)) for table in TABLES]


async def previewed(school, command, *given):
    """The lines of a preview, which leaves every row as it was."""
    gate = Gate(school.database, SETTINGS.to_organization(), Officer("담당자", "command"), lambda: school.now)
    before = await rows(school)
    shown = await gate.preview(lambda tx, desk: command(tx, desk, *given))
    assert await rows(school) == before
    return of_told(shown, typed)


async def applied(school, resident, people=3, **differing):
    """The id of a course T of two seats with so many applications, and its registration over."""
    course = await school.opens(**{"code": "T", "capacity": 2, "waitlist_capacity": 1, **differing})
    await school.promises_lotteries()
    for number in range(1, people + 1):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    school.waits(days=8)
    return course


async def test_a_course_would_be_closed(school, resident, visitor):
    course = await school.opens(code="T")
    await resident(1).registers(course)
    await visitor("w1").registers(course, mobile="010-0000-0002")
    assert await previewed(school, closing.close, "T", "강사 사정") == [
        "‘바리스타 2급’(T): 폐강합니다. 까닭: 강사 사정",
        "알릴 분 2명 가운데 1명에게 저절로 알립니다 (텔레그램 1명).",
        "나머지 1명은 알림을 보낼 수 없어 따로 연락해야 합니다.",
    ]


async def test_a_course_of_nobody_would_be_closed_and_nobody_told(school):
    await school.opens(code="T")
    shown = await previewed(school, closing.close, "T", "강사 사정")
    assert shown == ["‘바리스타 2급’(T): 폐강합니다. 까닭: 강사 사정", "알릴 분이 없습니다."]


async def test_a_lottery_would_be_drawn(school, resident):
    await applied(school, resident, selection="lottery")
    await school.hears_the_public_value("T")
    shown = await previewed(school, lotteries.draw, "T", PUBLIC_VALUE)
    assert shown[:4] == [
        "‘바리스타 2급’(T): 추첨합니다.",
        "신청 3명: 선정 2명, 대기 1명, 미선정 0명.",
        "지금 자리: 정원 2명, 확정 2명, 빈자리 0개, 대기 1명.",
        "신청번호  이름    태어난 해  휴대전화       결과",
    ]
    assert [line.split("  ")[-1] for line in shown[4:7]] == ["확정", "확정", "대기 1번"]
    assert shown[7:] == [
        "",
        "공개값: 3 7 12 19 27 33 41. 맞는지 한 번 더 봐 주세요.",
        "3명에게 저절로 알립니다 (텔레그램 3명).",
    ]


async def test_seats_would_be_given(school, resident):
    await applied(school, resident, selection="review", confirm_hours=24)
    assert await previewed(school, selections.accept, "T", [2]) == [
        "‘바리스타 2급’(T): 선발합니다.",
        "신청 3명: 선정 1명, 대기 1명, 미선정 1명.",
        "선정된 분이 24시간 안에 확정해야 자리가 정해집니다.",
        "지금 자리: 정원 2명, 확정 0명, 답을 기다림 1명, 빈자리 1개, 대기 1명.",
        "신청번호  이름    태어난 해  휴대전화       결과",
        "2         홍길동  1983       010-0000-0002  답을 기다림",
        "1         홍길동  1983       010-0000-0001  대기 1번",
        "3         홍길동  1983       010-0000-0003  미선정",
        "",
        "빈자리가 1개 남아 대기하는 분께 차례대로 제안합니다.",
        "3명에게 저절로 알립니다 (텔레그램 3명).",
    ]


async def test_it_would_be_settled_who_completed(school, resident):
    await applied(school, resident, 2)
    school.now = OVER
    shown = await previewed(school, completing.complete, "T", [2], False)
    assert shown == [
        "‘바리스타 2급’(T): 수료 1명, 미수료 1명으로 정합니다.",
        "신청번호  이름    태어난 해  휴대전화       결과",
        "2         홍길동  1983       010-0000-0002  미수료",
        "1         홍길동  1983       010-0000-0001  수료",
        ONE,
    ]


async def test_a_class_would_be_moved_and_change_its_number(school, resident):
    await applied(school, resident, 1)
    assert await previewed(school, moving.move, "T", 2, "2026-12-23") == [
        "‘바리스타 2급’(T) 2회차를 옮깁니다: 12월 15일(화) 오전 10시 → 12월 23일(수) 오전 10시",
        "순서가 바뀌어 3회차가 됩니다.",
        ONE,
    ]


@pytest.mark.on_both
async def test_a_class_of_a_hidden_course_would_be_moved_and_who_is_in_it_told(school, resident):
    course = await applied(school, resident, 1)
    await school.changes(course, state="hidden")
    assert (await previewed(school, moving.move, "T", 4, "2027-01-05"))[1:] == [
        "교육기간(12월 8일(화) ~ 12월 29일(화)) 밖입니다. 맞는지 확인해 주세요.",
        ONE,
    ]


async def test_a_class_would_be_dropped(school, resident):
    await applied(school, resident, 1)
    assert await previewed(school, moving.drop, "T", 2) == [
        "‘바리스타 2급’(T) 2회차를 없앱니다: 12월 15일(화) 오전 10시. 뒤의 회차는 하나씩 당겨집니다.",
        ONE,
    ]


@pytest.mark.parametrize(
    ("command", "given", "shown"),
    [
        (
            appointments.cancel,
            (1, "상담사 사정"),
            ["상담 1(11월 24일(화) 오전 10시): 취소합니다. 까닭: 상담사 사정", ONE],
        ),
        (
            appointments.move,
            (1, "2026-11-26 10:30"),
            ["상담 1: 시간을 옮깁니다. 11월 24일(화) 오전 10시 → 11월 26일(목) 오전 10시 30분", ONE],
        ),
    ],
)
async def test_an_appointment_would_be_cancelled_or_moved(school, resident, command, given, shown):
    await Centre(school).opens()
    await books(resident(1))
    assert await previewed(school, command, *given) == shown


async def test_what_came_of_appointments_would_be_noted_and_nobody_told(school, resident):
    await Centre(school).opens()
    await books(resident(1))
    school.now = at("11-24 12:00")
    noted = Noted(attended=[1], registered=[1])
    assert await previewed(school, outcomes.note, noted) == ["적습니다: 참석 1건, 구직등록 1건."]


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        (6, []),
        (
            2,
            [
                "응답 2건은 5명 미만의 답이라 보여 드리지 않습니다. 30일 뒤 지웁니다.",
                "5명은 대화에서 답했거나 응답 번호를 받아 키오스크에서 답한 분만 셉니다.",
            ],
        ),
    ],
)
async def test_a_survey_would_be_closed_and_nobody_told(school, people, shown):
    await Office(school).imports(standard())
    await school.database.write(
        lambda tx: Ballots(tx, school.now).course({"chat": people}, satisfied, closes=False, code="T")
    )
    told = await previewed(school, rounds.close, "만족도조사", "T")
    assert told == [f"‘과정 T’(T) ‘프로그램 만족도 조사’: 마감합니다. 응답 {people}건.", *shown]


async def test_where_the_unreachable_are_listed_is_told_once_it_is_done(school, visitor):
    await visitor("w1").registers(await school.opens(code="T"))
    done = await school.asks(closing.close, "T", "강사 사정")
    assert done[0] == "‘바리스타 2급’(T): 폐강했습니다. 까닭: 강사 사정"
    assert done[-1] == "잠시 뒤 명단을 보려면: python -m bot outbox"

"""What is to go out, what did not arrive, and what the clock would do."""

from datetime import date, datetime, timedelta

import pytest

from bot.ticks.duties import Duties
from handlers.clock import notices
from handlers.staff.desk.declined import Declined
from handlers.staff.notices import owed, rehearsal
from storage.notices import outbox
from storage.seating import enrollments
from storage.tables import outbox as table
from storage.teaching import courses
from tests.support.domain import SEOUL

pytestmark = pytest.mark.on_sqlite


async def plan(school, settings):
    duties = Duties(school.database, settings.to_organization(), lambda: school.now)
    await duties.give_seats()
    await duties.plan_notices()


async def rehearsed(school, first, last, names=False):
    return await school.asks(rehearsal.rehearse, date(2026, *first), date(2026, *last), names)


def test_officers_have_a_name_for_every_kind_of_notice():
    assert set(owed.KINDS) == set(notices.rules)


@pytest.mark.on_both
async def test_officers_see_whom_to_phone_about_a_seat_as_soon_as_it_is_offered_and_until_they_know(school, visitor):
    course = await school.opens(capacity=1)
    await visitor("first").registers(course, mobile="010-0000-0002")
    await visitor("w1").registers(course, name="성춘향")
    school.now = datetime(2026, 11, 24, 23, tzinfo=SEOUL)
    await visitor("first").goes_to("mine/1/cancel/yes")
    shown = await school.asks(owed.show, True)
    assert shown[2] == "자리 제안을 알릴 길이 없는 분 (적힌 기한 전에 전화해 주세요): 1건"
    assert "11월 27일(금) 오전 8시  자리 제안 ‘바리스타 2급’  성춘향  1983       010-0000-0001" in shown[4]
    await visitor("w1").goes_to("mine/2/accept")
    assert "알릴 길이 없는" not in "".join(await school.asks(owed.show, True))


async def test_whom_to_phone_about_a_seat_is_listed_once_and_not_after_they_were_told(school, visitor, clock):
    course = await school.opens(capacity=1)
    await visitor("first").registers(course, mobile="010-0000-0002")
    await visitor("w1").registers(course, name="성춘향")
    await visitor("first").goes_to("mine/1/cancel/yes")
    await clock.ticks()
    assert "".join(await school.asks(owed.show, True)).count("성춘향") == 1
    await visitor("w1").says("강좌")
    assert "성춘향" not in "".join(await school.asks(owed.show, True))


async def test_a_rehearsal_tells_when_how_many_hear_of_what_and_who(school, resident, visitor):
    course = await school.opens()
    await resident(1).registers(course)
    await visitor("w1").registers(course, name="성춘향", mobile="010-0000-0002")
    lines = await rehearsed(school, (12, 7), (12, 8), names=True)
    assert lines[0] == "12월 7일(월) 오후 6시  수업 하루 전  2명  (‘바리스타 2급’ 1회차)"
    assert lines[1:3] == ["    이 가운데 1명은 알림을 보낼 수 없습니다.", "    성춘향, 홍길동"]
    assert lines[3] == "12월 8일(화) 오전 8시  수업 두 시간 전  2명  (‘바리스타 2급’ 1회차)"
    assert "홍길동" not in "".join(await rehearsed(school, (12, 7), (12, 8)))


@pytest.mark.on_sqlite
async def test_a_rehearsal_foretells_what_the_clock_then_does(school, resident, settings):
    course = await school.opens()
    for number in range(1, 4):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    foretold = await rehearsed(school, (11, 23), (12, 29))
    while school.now < datetime(2026, 12, 29, 23, tzinfo=SEOUL):
        school.waits(hours=2)
        await plan(school, settings)
    rows = await school.rows(table.select())
    assert foretold[-1].startswith(f"모두 {len(rows)}건입니다")
    assert len(rows) == 3 * (1 + 4 + 4)


async def test_a_rehearsal_leaves_no_trace(school, resident):
    await resident(1).registers(await school.opens())
    await rehearsed(school, (12, 1), (12, 29))
    assert await school.rows(table.select()) == []


async def test_what_was_planned_before_is_told_once_by_a_rehearsal(school, resident, settings):
    await resident(1).registers(await school.opens())
    school.now = datetime(2026, 12, 4, 22, tzinfo=SEOUL)
    before = await rehearsed(school, (12, 5), (12, 9))
    school.now = datetime(2026, 12, 7, 18, tzinfo=SEOUL)
    await plan(school, settings)
    after = await rehearsed(school, (12, 7), (12, 9))
    assert [line for line in before if "두 시간 전" in line] == [line for line in after if "두 시간 전" in line]
    assert len([line for line in after if "하루 전" in line]) == 1


async def test_days_far_ahead_are_foretold_without_going_through_all_until_then(school, resident, monkeypatch):
    begins = {
        "start_date": date(2027, 12, 7),
        "end_date": date(2027, 12, 28),
        "apply_end": school.now.replace(year=2027),
    }
    await resident(1).registers(await school.opens(**begins))
    looks = []
    monkeypatch.setattr(notices, "due", lambda *given, real=notices.due: looks.append(given) or real(*given))
    lines = await school.asks(rehearsal.rehearse, date(2027, 12, 6), date(2027, 12, 7), False)
    assert [line.split("  ")[1] for line in lines[:2]] == ["수업 하루 전", "수업 두 시간 전"]
    ((_, _, span),) = looks
    assert span.until - span.since == timedelta(days=3)


@pytest.mark.on_both
async def test_what_is_told_from_a_day_on_is_foretold_for_its_first_day_only(school, resident):
    course = await school.opens(capacity=1)
    for number in (1, 2):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    first = (await school.live(course))[0]
    await school.database.write(lambda tx: enrollments.end(tx, first, "cancelled", school.now))
    assert (await rehearsed(school, (12, 6), (12, 6)))[0].startswith("12월 6일(일) 오전 8시  개강 직전 빈자리  1명")
    assert await rehearsed(school, (12, 7), (12, 7)) == ["이 동안 나갈 알림이 없습니다."]


async def test_days_that_are_turned_round_or_too_many_are_refused(school):
    with pytest.raises(Declined, match=r"2026-11-30.이 시작하는 날.2026-12-01.보다 빠릅니다"):
        await rehearsed(school, (12, 1), (11, 30))
    with pytest.raises(Declined, match="한 번에 62일까지"):
        await rehearsed(school, (1, 1), (12, 31))


async def test_who_was_not_reached_is_listed_with_the_number_to_call(school, visitor, settings):
    await visitor("w1").registers(await school.opens())
    school.now = datetime(2026, 12, 7, 18, tzinfo=SEOUL)
    await plan(school, settings)
    alone = await school.database.read(lambda tx: outbox.without_a_way(tx, ("telegram",), school.now, 100))
    await school.database.write(lambda tx: outbox.shelve(tx, [each.id for each in alone], ("telegram",), school.now))
    lines = await school.asks(owed.show, False)
    assert any(line.startswith("닿지 못한 알림") and line.endswith(": 2건") for line in lines)
    assert any("수업 하루 전 ‘바리스타 2급’ 1회차  홍길동  1983       010-0000-0001" in line for line in lines)
    assert any(line.endswith("쓸 수 있는 대화방이 없음") for line in lines)


async def test_what_is_late_is_told_and_what_is_on_time_only_counted(school, resident, settings):
    await resident(1).registers(await school.opens(minimum=1))
    school.now = datetime(2026, 12, 5, 18, tzinfo=SEOUL)
    await plan(school, settings)
    assert await school.asks(owed.show, False) == ["나갈 알림: 1건 (첫 수업 안내 1건)"]
    school.waits(minutes=11)
    assert "10분 넘게 늦는 알림: 1건" in await school.asks(owed.show, False)


async def test_a_course_that_too_few_applied_for_is_told_with_the_command_that_closes_it(school, resident):
    course = await school.opens(minimum=2)
    await resident(1).registers(course)
    school.now += timedelta(days=7, minutes=1)
    lines = await school.asks(owed.show, False)
    code = (await school.database.read(lambda tx: courses.find(tx, course))).code
    assert "최소 2명, 지금 1명" in lines[-1]
    assert lines[-1].endswith(f"python -m bot close-course {code} --reason '신청 인원 부족'")

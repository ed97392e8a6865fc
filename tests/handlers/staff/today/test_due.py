"""What needs doing: each thing stands there with its deadline, and is gone once it is done."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from handlers.staff.callbacks import ticking
from handlers.staff.counseling import outcomes
from handlers.staff.counseling.outcomes import Noted
from handlers.staff.courses import applications, closing, holding, lotteries, selections
from handlers.staff.courses.completion import completing
from handlers.staff.desk import acts
from handlers.staff.desk.desk import Desk
from handlers.staff.notices import by_hand
from handlers.staff.today import due
from handlers.staff.today.item import Item, Trouble
from storage.counseling import callbacks
from storage.jobs import feed_runs
from storage.jobs.feed_runs import Run
from storage.tables import enrollments, outbox
from tests.support.counseling.centre import books
from tests.support.domain import PUBLIC_VALUE, SEOUL
from tests.support.surveys.poll import attend, standard

OVER = datetime(2026, 12, 1, 9, tzinfo=SEOUL)
START = datetime(2026, 12, 8, 10, tzinfo=SEOUL)


async def todo(school, kind=None):
    found = await school.gets(due.due)
    return [each for each in found if kind in (None, each.kind)]


async def titles(school, kind=None):
    return [each.title for each in await todo(school, kind)]


async def applied(school, resident, people=3, **differing):
    course = await school.opens(**{"code": "T", "minimum": 1, "capacity": 2, **differing})
    await school.promises_lotteries()
    for number in range(1, people + 1):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    return course


@pytest.mark.on_sqlite
async def test_nothing_to_do_says_so(school):
    assert await school.asks(due.show) == ["오늘 할 일을 모두 했습니다."]


@pytest.mark.on_sqlite
async def test_a_selection_is_to_be_decided_once_registration_is_over_and_until_it_is(school, resident):
    await applied(school, resident, selection="priority")
    assert await titles(school) == []
    school.now = OVER
    (item,) = await todo(school)
    assert item.title == "‘바리스타 2급’(T): 우선선발, 결정할 신청 3건"
    assert (item.count, item.deadline, item.course) == (3, START, "T")
    await school.asks(selections.accept, "T", [1, 2])
    assert await titles(school) == []


async def test_applications_are_to_be_checked_until_they_are(school, resident):
    await applied(school, resident)
    await school.database.write(lambda tx: tx.execute(update(enrollments).values(unchecked_since=school.now)))
    assert await titles(school) == ["‘바리스타 2급’(T): 확인할 신청 3건"]
    await school.asks(applications.check, "T", everything=True)
    assert await titles(school) == []


async def test_a_lottery_waits_for_its_value_once_that_is_out_and_until_it_is_drawn(school, resident):
    await applied(school, resident, selection="lottery")
    school.now = OVER
    assert await titles(school, "draw") == []
    await school.hears_the_public_value("T")
    (title,) = await titles(school)
    assert title.startswith("‘바리스타 2급’(T): 공개값을 적으면 추첨합니다.")
    await school.asks(lotteries.draw, "T", PUBLIC_VALUE)
    assert await titles(school) == []


async def test_a_lottery_whose_value_comes_too_late_is_to_be_drawn_without(school, resident):
    await applied(school, resident, selection="lottery", start_date=date(2026, 12, 3))
    school.now = OVER
    assert [each for each in await titles(school) if "저절로 추첨하지 못합니다" in each]
    await school.asks(lotteries.draw, "T", alone=True)
    assert await titles(school) == []


async def test_a_course_that_fills_slowly_is_told_three_days_before_it_closes_and_until_it_is_closed(school, resident):
    await applied(school, resident, people=1, minimum=8)
    assert await titles(school) == []
    school.waits(days=5)
    (item,) = await todo(school)
    assert item.title == "‘바리스타 2급’(T): 접수가 곧 끝나는데 최소 8명에 지금 1명"
    assert item.deadline == OVER.replace(month=11, day=30, hour=10)
    school.now = OVER
    (item,) = await todo(school)
    assert "접수가 끝났는데 최소 8명에 지금 1명" in item.title
    assert item.deadline == START
    await school.asks(closing.close, "T", "신청 인원 부족")
    assert await titles(school, "few") == []


@pytest.mark.on_sqlite
async def test_a_course_is_to_be_completed_from_its_last_class_on_until_it_is(school, resident):
    await applied(school, resident, people=2)
    school.now = datetime(2026, 12, 29, 12, 59, tzinfo=SEOUL)
    assert await titles(school, "complete") == []
    school.waits(minutes=1)
    (item,) = await todo(school, "complete")
    assert item.title == "‘바리스타 2급’(T): 마지막 수업이 끝났습니다. 수료를 정할 분 2명"
    assert item.deadline == datetime(2027, 1, 6, tzinfo=SEOUL)
    await school.asks(completing.complete, "T", [], False)
    assert await titles(school, "complete") == ["‘바리스타 2급’(T): 수료증을 낼 분 2명"]


async def test_who_asked_for_a_call_is_to_be_called_until_somebody_did(school, visitor):
    await visitor("a").goes_to("news/news/on")
    await school.database.write(lambda tx: callbacks.ask(tx, 1, "+821000000001", "morning", None, "web", school.now))
    (item,) = await todo(school)
    assert (item.title, item.deadline) == ("전화를 부탁한 분 1명", school.now.replace(hour=12))
    await school.asks(acts.perform, ticking.CALLED, {"numbers": [1]})
    assert await titles(school) == []


async def test_whom_nothing_reached_is_to_be_called_until_they_know_or_it_is_past(school, visitor, clock):
    course = await school.opens(capacity=1, minimum=1)
    await visitor("first").registers(course, mobile="010-0000-0002")
    await visitor("w1").registers(course)
    await visitor("first").goes_to("mine/1/cancel/yes")
    await clock.ticks()
    (item,) = await todo(school)
    assert item.title == "자리 제안을 알릴 길이 없는 분 1명"
    assert item.deadline == school.now + timedelta(hours=48)
    (row,) = await school.rows(outbox.select().where(outbox.c.kind == "offer"))
    await school.asks(acts.perform, by_hand.BY_HAND, {"numbers": [row.id]})
    assert await titles(school) == []


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("unreached", "닿지 못한 알림 2건"),
        ("refused", "거절된 알림 2건"),
        ("unknown", "닿았는지 알 수 없는 알림 2건"),
    ],
)
async def test_what_did_not_arrive_is_told_as_long_as_it_is_worth_telling(school, visitor, clock, outcome, told):
    await visitor("w1").registers(await school.opens(minimum=1))
    school.now = datetime(2026, 12, 7, 18, tzinfo=SEOUL)
    await clock.ticks()
    await clock.ticks()
    await school.database.write(lambda tx: tx.execute(update(outbox).values(outcome=outcome)))
    (item,) = (each for each in await todo(school) if each.title == told)
    assert item.deadline > school.now
    school.waits(days=2)
    assert told not in await titles(school)


async def test_a_survey_that_closes_soon_is_told_and_paper_is_asked_for_a_week_after(school, office, visitor):
    await office.imports(standard())
    course = await school.opens(code="T", end_date=date(2026, 11, 20), start_date=date(2026, 11, 1), minimum=0)
    await attend(school, visitor("a"), course, "completed")
    await office.opens(course)
    school.waits(days=9)
    (item,) = await todo(school, "survey")
    assert item.title.endswith("곧 마감합니다. 1개 과정")
    assert item.deadline == school.now + timedelta(days=1)
    school.waits(days=2)
    (item,) = [each for each in await todo(school, "survey") if each.course]
    assert "답 0건, 수강생 1명. 종이가 있나요?" in item.title
    school.waits(days=7)
    assert [each for each in await todo(school, "survey") if each.course] == []


async def test_talks_of_today_are_told_and_then_what_came_of_them_is_asked_for(school, centre, visitor):
    await books(visitor("1"))
    assert await titles(school) == []
    school.now = datetime(2026, 11, 24, 9, tzinfo=SEOUL)
    (item,) = await todo(school)
    assert (item.title, item.deadline) == ("오늘 상담 1건", school.now.replace(hour=10))
    school.waits(hours=1, minutes=1)
    assert await titles(school) == ["결과를 적지 않은 상담 1건"]
    await school.asks(outcomes.note, Noted(attended=[1]))
    assert await titles(school) == []


async def test_a_feed_that_fails_is_told_until_it_works_again(school):
    async def runs(outcome):
        run = Run("work24", school.now, school.now, outcome, "답하지 않음")
        await school.database.write(lambda tx: feed_runs.add(tx, run))
        return await titles(school)

    assert await runs("failed") == ["고용24 채용공고를 받지 못했습니다: 답하지 않음"]
    assert await runs("ok") == []


async def test_what_ails_the_service_stands_first(school, visitor):
    await visitor("a").goes_to("news/news/on")
    await school.database.write(lambda tx: callbacks.ask(tx, 1, "+821000000001", "any", None, "web", school.now))
    told = await school.asks(due.show, [Trouble("디스크에 100 MB만 남았습니다")])
    assert told[0] == "할 일 2가지"
    assert told[2].split()[0] == "지금"
    assert "디스크에 100 MB만 남았습니다" in told[2]
    assert "오후 6시" in told[3]


@pytest.mark.on_sqlite
@pytest.mark.parametrize(("hours", "urgency"), [(-1, "late"), (3, "today"), (30, "soon"), (100, "")])
async def test_how_urgent_something_is_is_told_by_its_deadline(school, settings, hours, urgency):
    item = Item("call", "", 1, None, school.now + timedelta(hours=hours))
    assert item.urgency(Desk(settings.to_organization(), school.now)) == urgency


@pytest.mark.on_sqlite
async def test_seats_of_an_institution_that_go_back_soon_are_told_until_they_do(school, clock):
    await school.opens(code="T", capacity=3)
    await school.gets(holding.hold, "T", "일자리센터", 2, "2026-11-28")
    assert await titles(school) == []
    school.now = datetime(2026, 11, 26, 9, tzinfo=SEOUL)
    assert [each for each in await titles(school) if "일자리센터에 잡아 둔 2자리가 곧 풀립니다" in each]
    school.now = datetime(2026, 11, 29, 9, tzinfo=SEOUL)
    await clock.ticks()
    assert not [each for each in await titles(school) if "일자리센터" in each]

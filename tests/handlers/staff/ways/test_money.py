"""What messages cost: always the sum of what left, told before, while and after it is spent."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.ticks.costs import Costs
from handlers.calendar.months import Month
from handlers.staff.desk import acts
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.reach import reach
from handlers.staff.desk.told import Reach
from handlers.staff.messages import progress
from handlers.staff.messages.sending import COURSE_MESSAGE
from handlers.staff.today import spending as on_today
from handlers.staff.ways import money
from storage.people.consents import ALIMTALK
from storage.tables import announcements, dispatches, outbox
from storage.ways import spending
from tests.support.domain import MONDAY
from tests.support.notices.districts import district
from tests.support.notices.ways import approves

pytestmark = pytest.mark.on_sqlite
NOVEMBER = Month(2026, 11)


def left(day=0, kind="closed", way="kakao", cost=1650, outcome="delivered", **more):
    at = MONDAY + timedelta(days=day)
    return {"kind": kind, "way": way, "cost": cost, "started_at": at, "outcome": outcome, "is_text": False, **more}


LEFT = (
    left(),
    left(),
    left(kind="news", outcome=None),
    left(day=1, way="alimtalk", cost=1300, outcome="unknown"),
    left(day=1, way="alimtalk", cost=1800, is_text=True),
    left(day=1, way="alimtalk", cost=0, outcome="failed"),
    left(day=2, way="file", cost=500),
    left(day=-23, way="kakao"),  # the last day of October
    left(day=8),  # the first of December
)


@pytest.fixture
def spent(school):
    async def spend(*rows):
        await school.database.write(lambda tx: tx.execute(insert(dispatches), list(rows)))

    return spend


def at(school, **pushes):
    return Desk(district(event=True, alimtalk=True, file=True, **pushes).to_organization(), school.now)


@pytest.fixture
def look(school):
    async def find(work, desk=None, *given):
        return await school.database.read(lambda tx: work(tx, desk or at(school), *given))

    return find


def table(told, title):
    return next(each.rows for each in told.tables if each.title == title)


@pytest.mark.on_both
async def test_a_month_is_the_sum_of_what_left_in_it_and_did_not_fail(spent, look, school):
    await spent(*LEFT)
    told = await look(money.show)
    assert told.facts[0] == "모두 6건, 85.5원"
    assert table(told, money.OF_WAYS) == (
        ("카카오톡", "3", "49.5원"),
        ("문자", "1", "18원"),
        ("알림톡", "1", "13원"),
        ("발송 파일", "1", "5원"),
        ("계", "6", "85.5원"),
    )
    assert table(told, money.OF_KINDS) == (("폐강", "5", "69원"), ("강좌 소식", "1", "16.5원"), ("계", "6", "85.5원"))
    assert table(told, money.OF_DAYS)[0] == ("2026-11-23", "카카오톡", "폐강", "2", "33원")
    assert len(table(told, money.OF_DAYS)) == 5
    month = spending.month_of(school.now, at(school).organization.timezone)
    since = await school.database.read(lambda tx: spending.since(tx, month))
    assert since == 8550 + 1650  # what leaves in December is after it, and there by the clock of the test


@pytest.mark.parametrize(("month", "count"), [(Month(2026, 10), "모두 1건"), (Month(2026, 12), "모두 1건")])
async def test_another_month_is_asked_for_by_its_name(spent, look, month, count):
    await spent(*LEFT)
    told = await look(money.show, None, month)
    assert told.facts[0].startswith(count)
    assert len(told.facts) == 1  # the ceiling is of this month


async def test_a_month_in_which_nothing_left_says_so(look):
    assert "보내지 않았습니다" in (await look(money.show)).facts[0]


@pytest.mark.parametrize(
    ("ceiling", "level", "said"),
    [
        (0, "", "한도를 정하지 않았습니다"),
        (1000, "", "한도 1,000원의 8%를 썼습니다."),
        (107, "", "한도 107원의 79%"),
        (106, "near", "한도 106원의 80%"),
        (102, "near", "한도 102원의 83%"),
        (101, "full", "소식은 다음 달까지 멈춥니다"),  # one more message by KakaoTalk would be too much
        (85, "full", "100%"),
    ],
)
async def test_the_ceiling_is_told_as_the_courier_sees_it(spent, look, school, ceiling, level, said):
    await spent(*LEFT[:-1])
    desk = at(school, monthly_ceiling=ceiling)
    assert (await look(lambda tx, at_: money.budget(tx, at_.organization, at_.now), desk)).level == level
    assert said in (await look(money.show, desk)).facts[1]


@pytest.mark.parametrize(("ceiling", "said"), [(0, ""), (1000, ""), (106, "80%를 썼습니다"), (80, "소식을 멈췄습니다")])
async def test_what_is_nearly_spent_is_one_line_on_today(spent, look, school, ceiling, said):
    await spent(*LEFT[:-1])
    found = await look(lambda tx, desk: list(on_today.items(tx, desk)), at(school, monthly_ceiling=ceiling))
    assert [said in each.title for each in found] == [True] * bool(said)
    assert [each.step.action for each in found] == ["costs"] * bool(said)


async def test_the_log_tells_it_once_and_again_in_another_month(spent, school, caplog):
    organization = at(school, monthly_ceiling=106).organization
    watch = Costs(school.database, organization, lambda: school.now)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            await watch.look()
        assert caplog.messages == []
        await spent(*LEFT[:-1])
        for _ in range(2):
            await watch.look()
        assert caplog.messages == ["money for notices is nearly spent percent=80"]
        await spent(left(cost=1650))
        for _ in range(2):
            await watch.look()
        assert caplog.messages[1:] == ["money for notices is spent, news has stopped percent=96"]
        school.now += timedelta(days=10)
        await watch.look()
    assert len(caplog.messages) == 2


# --- before it is sent ---


@pytest.fixture
async def neighbours(school, reachable):
    """Two whom KakaoTalk reaches, one at their number, one in Telegram, and one by no way, in one course."""
    course = await school.opens(code="T1")
    for number, channel in enumerate(("kakao", "kakao", "web", "telegram", "web"), 1):
        await reachable(f"{number}", channel).registers(course, mobile=f"010-0000-000{number}")
    await school.database.write(lambda tx: approves(tx, "alimtalk", ["closed"], school.now))
    await agrees(school, reachable("3"))


async def agrees(school, who):
    await who.goes_to(f"news/{ALIMTALK}/on")


@pytest.mark.on_both
async def test_an_act_says_what_it_costs_by_each_way(neighbours, look, school):
    found = await look(lambda tx, desk: reach(tx, desk, range(1, 6)))
    assert (found.by_channel, found.unreachable) == ({"텔레그램": 1, "카카오톡": 2, "알림톡": 1}, 1)
    assert found.costs == {"카카오톡": 3300, "알림톡": 1300}
    assert "알림 비용은 약 46원입니다 (카카오톡 33원, 알림톡 13원)." in found.lines()


def test_what_costs_nothing_speaks_of_no_money():
    assert not any("비용" in line for line in Reach(3, {"텔레그램": 3}, 0).lines())
    assert "알림 비용은 약 16.5원입니다." in Reach(1, {"카카오톡": 1}, 0, costs={"카카오톡": 1650}).lines()


async def test_a_message_says_and_keeps_what_it_will_cost_by_the_ways_that_carry_it(neighbours, school):
    desk = at(school)
    args = {"code": "T1", "whom": "seats", "text": "준비물이 바뀌었습니다."}
    told = await school.database.write(lambda tx: acts.perform(tx, desk, COURSE_MESSAGE, args))
    assert "비용은 약 33원입니다." in told.facts[0]  # no template covers what officers write
    assert told.reach.unreachable == 2
    [kept] = await school.rows(select(announcements.c.cost))
    assert kept.cost == 33


async def test_what_a_message_cost_stands_beside_what_it_was_thought_to_cost(neighbours, school, look):
    desk = at(school)
    args = {"code": "T1", "whom": "seats", "text": "준비물이 바뀌었습니다."}
    await school.database.write(lambda tx: acts.perform(tx, desk, COURSE_MESSAGE, args))
    [first, *_] = await school.rows(select(outbox.c.id).where(outbox.c.kind == "announcement").order_by(outbox.c.id))
    row = {**left(kind="announcement"), "notice_id": first.id}
    await school.database.write(lambda tx: tx.execute(insert(dispatches), row))
    assert "비용: 16.5원 (보내기 전 어림 33원)" in (await look(progress.show, desk, 1)).facts

"""The page of what messages cost: month by month, and one line on today once money is nearly gone."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from storage.tables import dispatches
from tests.support.console.counter import counter_of
from tests.support.domain import MONDAY
from tests.support.notices.districts import district

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def spender(school):
    """An officer where thirty won were spent this month, of a hundred, and ten the month before."""
    rows = [
        {"kind": "closed", "way": "kakao", "cost": cost, "started_at": MONDAY - timedelta(days=days)}
        for cost, days in ((1500, 0), (1500, 1), (1000, 30))
    ]
    await school.database.write(lambda tx: tx.execute(insert(dispatches), rows))
    async with counter_of(school, settings=district(event=True, monthly_ceiling=100, warn_percent=30)) as desks:
        yield await desks.officer()


async def test_a_month_leads_to_the_one_before_it_and_back(spender):
    shown = await spender.opens("/desk/messages/costs")
    assert [each for each in ("2026년 11월 알림 비용", "모두 2건, 30원", "30%") if each not in shown] == []
    assert "12월" not in spender.page.text
    shown = await spender.opens("/desk/messages/costs?month=2026-10")
    assert "모두 1건, 10원" in shown
    assert "/desk/messages/costs?month=2026-11" in spender.answer.text


async def test_what_is_no_month_is_told(spender):
    assert "달을 적어 주세요" in await spender.opens("/desk/messages/costs?month=11")


async def test_today_has_one_line_that_leads_there(spender):
    shown = await spender.opens("/desk/")
    assert "이번 달 알림 비용 30원: 한도의 30%를 썼습니다" in shown
    assert 'href="/desk/messages/costs"' in spender.answer.text

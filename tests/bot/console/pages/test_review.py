"""The review of the access log: a month is chosen, looked through and signed."""

import pytest

from storage.audit import journal
from storage.audit.journal import Officer

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def looked(school):
    """In October somebody looked at three people."""
    at = school.now.replace(month=10)
    whose = journal.people((1, 2, 3))
    await school.database.write(
        lambda tx: journal.add(
            tx, Officer("가 주무관", "10.0.0.9"), "look/persons", {}, at, subjects=whose, purpose="x"
        )
    )


async def test_a_month_that_is_over_is_signed_once(counter, school, looked):
    lead = await counter.officer("lead")
    said = await lead.opens("/desk/review?month=2026-10")
    assert "2026-10: 접속기록 1건" in said
    assert "가 주무관 1 0 0 0 3" in said
    said = await lead.presses("2026-10의 기록을")
    assert "확인했다고 적었습니다" in said
    assert "2026-10 · 확인함" in said
    assert "기록을 모두 살펴보았습니다" not in said


async def test_this_month_is_shown_first_and_not_to_be_signed(counter, looked):
    lead = await counter.officer("lead")
    assert "2026-11: 접속기록" in await lead.opens("/desk/review")
    assert "기록을 모두 살펴보았습니다" not in lead.text
    assert "아직 끝나지 않은 달" in await lead.sends("/desk/review", {"month": "2026-11"})
    assert "달을 적어" in await lead.opens("/desk/review?month=x")

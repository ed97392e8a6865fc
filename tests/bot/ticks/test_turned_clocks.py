"""What is planned after the clock on the wall was wrong for a while."""

from datetime import timedelta

import pytest

from handlers.clock import notices
from tests.support.clock.scenes import at, attends

pytestmark = pytest.mark.on_sqlite


async def test_reminders_go_out_after_the_clock_was_a_year_ahead_and_came_back(school, resident, clock):
    await attends(school, resident, clock)
    school.now += timedelta(days=365)
    await clock.plans()
    school.now = at("12-07 18:00")
    (letter,) = await clock.ticks()
    assert letter.text.startswith("내일 오전 10시에")


async def test_a_year_between_two_ticks_is_looked_through_no_further_than_a_week(school, clock, monkeypatch):
    seen = []
    monkeypatch.setattr(notices, "due", lambda _tx, _organization, span: seen.append(span) or [])
    for days in (0, 2000, -1):
        school.now = at("12-07 18:00") + timedelta(days=days)
        await clock.plans()
    assert [span.until - span.since <= timedelta(days=7) for span in seen] == [True] * 3

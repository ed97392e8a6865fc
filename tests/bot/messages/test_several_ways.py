"""Notices leave by several ways, each as fast as it can."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from bot.messages.courier import AHEAD, Courier
from bot.messages.delivery import Way
from bot.messages.pace import Pace
from tests.support.clock.clockwork import Post
from tests.support.clock.crowd import attend
from tests.support.domain import SEOUL, SETTINGS
from tests.support.waiting import until

pytestmark = pytest.mark.on_sqlite

EVENING = datetime(2026, 12, 14, 18, tzinfo=SEOUL)


async def test_a_way_that_is_held_up_holds_up_no_other(school, clock):
    school.now = EVENING - timedelta(days=30)
    course = await school.opens()
    for channel, people in (("kakao", 2 * AHEAD), ("telegram", 3)):
        await school.database.write(lambda tx, c=channel, n=people: attend(tx, course, n, school.now, c))
    school.now = EVENING
    clock._duties._planned_until = EVENING
    await clock.plans()
    post, held = Post(school), Pace(100, second=0.0)
    held.pause(3600.0)
    ways = {"kakao": Way(post, held), "telegram": Way(post, Pace(100, second=0.0))}
    delivering = asyncio.create_task(
        Courier(school.database, SETTINGS.to_organization(), lambda: school.now, ways).deliver_due()
    )
    await until(lambda: len(post.letters) == 3)
    delivering.cancel()
    with suppress(asyncio.CancelledError):
        await delivering

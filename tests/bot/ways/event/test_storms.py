"""Many things go wrong at once: nobody is told twice, everybody has an outcome, and the money is that of the rows."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.messages import courier
from bot.ways import opening
from storage.reasons import Reason
from tests.support.clock.crowd import FIRST
from tests.support.domain import SETTINGS
from tests.support.waiting import until

pytestmark = pytest.mark.on_sqlite


@pytest.mark.parametrize("seed", range(3))
async def test_in_a_storm_nobody_is_told_twice_and_everybody_has_an_outcome(friends, monkeypatch, seed):
    monkeypatch.setattr(courier, "IN_HAND", 4)
    await friends.owes(30)
    friends.server.chaos(0.4, seed)
    friends.server.strangers.update(str(FIRST + each) for each in (3, 11))
    friends.server.broken[str(FIRST + 20)] = "차단"
    for _ in range(40):
        await friends.delivers_once()
        await friends.tends(seconds=20)
    friends.server.heal()
    for _ in range(30):
        await friends.delivers(hours=1)
        await friends.tends()
    outcomes = [outcome for outcome, _ in await friends.outcomes()]
    assert set(outcomes) <= {"sent", "unknown", "unreached"}
    assert max(len(friends.got(each)) for each in range(30)) == 1
    assert [friends.got(each) for each, outcome in enumerate(outcomes) if outcome == "unreached"].count(
        []
    ) == outcomes.count("unreached")
    assert friends.server.charged <= sum(cost for *_, cost in await friends.left())


@pytest.mark.on_both
async def test_what_was_leaving_when_its_process_died_is_never_repeated_by_another(meets):
    dying, other = meets(), meets()
    for each in (dying, other):
        await each.event.start()
    await dying.owes(2)
    dying.server.fail("talk", "timeout", after=True)
    delivering = asyncio.create_task(dying.delivers_once())
    await until(lambda: dying.server.faults.struck)
    delivering.cancel()
    with suppress(asyncio.CancelledError):
        await delivering
    await other.delivers(minutes=11)
    await other.courier.give_up_lost()
    await other.delivers(minutes=1)
    assert await other.outcomes() == [("unknown", Reason.INTERRUPTED)] * 2
    assert [len(other.got(each)) for each in range(2)] == [1, 1]


async def test_it_is_a_way_where_the_settings_have_it(school, talkative):
    def found(settings):
        return [each.name for each in opening.senders(settings, school.database, lambda: school.now)]

    assert ("kakao" in found(talkative), "kakao" in found(SETTINGS)) == (True, False)
    assert talkative.to_organization().ways == ("kakao",)


async def test_other_ways_go_on_while_it_has_trouble(friends):
    """Nothing of it waits in hand meanwhile: what is due later isn't looked at before."""
    await friends.owes(2)
    friends.server.fail("talk", 502)
    await friends.delivers_once()
    await friends.evening(7)
    friends.event._push._rests_until = friends.school.now + timedelta(minutes=5)
    assert await friends.delivers_once() == 2
    assert await friends.delivers_once() == 0
    assert len(friends.server.calls) == 1

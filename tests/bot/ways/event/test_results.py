"""What tasks tell, late, in part or never, and what that makes of notices and of whom they went to."""

import asyncio

import pytest

from bot.ways.event.service import LATE
from storage.people import reaching
from storage.reasons import Reason
from tests.support.clock.crowd import FIRST
from tests.support.eventapi import PRICE

pytestmark = pytest.mark.on_sqlite


def reasons(found):
    return [(outcome, (reason or "").partition(":")[0]) for outcome, reason, *_ in found]


async def test_a_result_that_comes_late_is_waited_for_and_asked_for_ever_more_rarely(friends):
    friends.server.asks = 5
    await friends.owes(1)
    await friends.delivers()
    for _ in range(40):
        await friends.tends(seconds=5)
    assert await friends.outcomes() == [("sent", None)]
    assert friends.server.counts["task ok"] == 6
    for _ in range(5):
        await friends.tends(hours=1)
    assert friends.server.counts["task ok"] == 6


@pytest.mark.on_both
async def test_a_result_that_never_comes_is_given_up_after_a_day_and_repeated_nowhere(friends):
    friends.server.loses_tasks = True
    await friends.owes(2)
    await friends.delivers()
    for _ in range(26):
        await friends.tends(hours=1)
    assert await friends.outcomes() == [("unknown", Reason.NO_RESULT)] * 2
    await friends.delivers(hours=1)
    assert [len(friends.got(each)) for each in range(2)] == [1, 1]
    assert friends.server.charged == sum(cost for *_, cost in await friends.left())


async def test_whoever_the_task_names_is_told_another_way_and_the_others_are_told(friends):
    await friends.owes(4)
    friends.server.broken[str(FIRST + 2)] = "Bot skill server responded with an HTTP error."
    await friends.delivers()
    await friends.tends()
    assert reasons(await friends.left()) == [("delivered", "")] * 2 + [("failed", Reason.REFUSED), ("delivered", "")]
    await friends.delivers()
    assert [outcome for outcome, _ in await friends.outcomes()] == ["sent", "sent", "unreached", "sent"]
    assert await friends.unreachable() == []


async def test_results_in_the_older_form_are_read_as_well(friends):
    friends.server.is_old_style = True
    await friends.owes(2)
    friends.server.broken[str(FIRST)] = "차단"
    await friends.delivers()
    await friends.tends()
    assert [found[:2] for found in await friends.left()] == [("failed", "refused: 차단"), ("delivered", None)]


async def test_one_whose_key_leads_to_nobody_is_told_another_way_and_written_to_no_more(friends):
    await friends.owes(1)
    friends.server.strangers.add(f"{FIRST}")
    await friends.delivers()
    await friends.tends()
    assert reasons(await friends.left()) == [("failed", Reason.UNREACHABLE)]
    assert await friends.unreachable() == [0]
    await friends.delivers()
    assert [outcome for outcome, _ in await friends.outcomes()] == ["unreached"]
    await friends.evening(7)
    await friends.delivers()
    assert len(friends.server.calls) == 2


async def test_of_a_call_that_reached_nobody_at_all_everybody_is_told_another_way(friends):
    await friends.owes(3)
    friends.server.strangers.update(str(FIRST + each) for each in range(3))
    await friends.delivers()
    await friends.tends()
    assert reasons(await friends.left()) == [("failed", Reason.UNREACHABLE)] * 3
    assert await friends.unreachable() == [0, 1, 2]


@pytest.mark.on_both
async def test_where_nobody_tells_who_of_many_was_not_reached_that_is_found_out_the_next_time(friends):
    await friends.owes(4)
    friends.server.strangers.add(str(FIRST + 2))
    await friends.delivers()
    await friends.tends()
    assert reasons(await friends.left()) == [("unknown", Reason.UNRESOLVED)] * 4
    assert [reason for _, reason in await friends.outcomes()] == ["unresolved: 1/4"] * 4
    await next_class(friends, 1)
    assert [len(talk.users) for talk in friends.server.talks()] == [4, 1, 1, 1, 1]
    assert await friends.unreachable() == [2]
    await next_class(friends, 2)
    assert [len(talk.users) for talk in friends.server.talks()][5:] == [3]


async def next_class(friends, number):
    await friends.evening(7 * number)
    await friends.delivers()
    await friends.tends()


async def test_whom_the_same_task_names_is_told_from_those_of_whom_only_the_number_is_told(friends):
    await friends.owes(4)
    friends.server.strangers.add(str(FIRST))
    friends.server.broken[str(FIRST + 1)] = "차단"
    await friends.delivers()
    await friends.tends()
    doubtful = ("unknown", Reason.UNRESOLVED)
    assert reasons(await friends.left()) == [doubtful, ("failed", Reason.REFUSED), doubtful, doubtful]


async def test_a_failure_that_is_counted_and_not_named_makes_nobody_of_the_rest_delivered(friends):
    await friends.owes(3)
    await friends.delivers()
    friends.server._tell = lambda _: (200, {"status": "1 FAIL", "successCount": 2, "fail": {"count": 1}})
    await friends.tends()
    assert reasons(await friends.left()) == [("unknown", Reason.UNRESOLVED)] * 3


async def test_a_task_that_is_not_over_tells_nothing_yet(friends):
    await friends.owes(3)
    await friends.delivers()
    friends.server._tell = lambda _: (200, {"status": "PROCESSING", "allRequestCount": 3, "successCount": 2})
    await friends.tends()
    assert await friends.outcomes() == [(None, None)] * 3


@pytest.mark.on_both
async def test_two_processes_that_ask_at_the_same_time_count_a_result_once(meets):
    one, other = meets(), meets()
    for each in (one, other):
        await each.event.start()
    await one.owes(5)
    await one.delivers()
    await asyncio.gather(*(each.event.tend() for each in (one, other) * 5))
    assert await one.left() == [("delivered", None, PRICE)] * 5


async def test_a_process_that_begins_anew_asks_at_once_for_what_another_left(meets):
    before, after = meets(), meets()
    for each in (before, after):
        await each.event.start()
    before.server.asks = 1
    await before.owes(1)
    await before.delivers()
    await before.tends(minutes=20)
    await after.tends()
    assert await after.outcomes() == [("sent", None)]


@pytest.mark.parametrize("kind", [401, 403, 429, 500, 502, "reset", "garbage"])
async def test_a_question_that_goes_wrong_is_asked_again_later(friends, kind):
    await friends.owes(1)
    await friends.delivers()
    friends.server.fail("task", kind, times=2 if kind == "reset" else 1)  # such a question is repeated at once
    await friends.tends()
    assert await friends.outcomes() == [(None, None)]
    await friends.tends(seconds=LATE.total_seconds())
    assert await friends.outcomes() == [("sent", None)]


async def test_a_result_that_comes_after_it_was_given_up_changes_nothing_that_was_told(friends):
    friends.server.asks = 10**6
    await friends.owes(1)
    await friends.delivers()
    await friends.tends(hours=25)
    assert await friends.outcomes() == [("unknown", Reason.NO_RESULT)]
    await friends.tends(hours=1)
    assert friends.server.counts["task ok"] == 1


async def test_who_was_written_off_is_written_to_again_once_they_can_be(friends):
    await friends.owes(1)
    friends.server.strangers.add(f"{FIRST}")
    await friends.delivers()
    await friends.tends()
    friends.server.strangers.clear()
    await friends.school.database.write(lambda tx: reaching.mark_reachable(tx, "kakao", f"{FIRST}", True))
    await next_class(friends, 1)
    assert len(friends.got(0)) == 1

"""The courier at the network's edge: what each answer of Telegram, and each silence, makes of a notice."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.telegram.client import Delivery
from bot.messages import courier
from bot.messages.courier import LEASE
from bot.messages.pace import Pace
from handlers.clock import notices
from handlers.dialogue.reply import Button, Reply
from storage.notices.outbox import start
from storage.people import preferences, reaching
from storage.reasons import Reason
from storage.tables import outbox
from storage.teaching import courses, sessions
from tests.support.clock.crowd import FIRST
from tests.support.waiting import goes_on, is_waited_for, until

# The library would rather have its own method called; the service says no to that, and so do its tests.
pytestmark = [pytest.mark.on_sqlite, pytest.mark.filterwarnings("ignore:Please use 'Bot")]


@pytest.mark.on_both
async def test_a_notice_goes_out_once_and_its_message_is_remembered(rounds):
    await rounds.owes(3)
    await rounds.later()
    await rounds.later(hours=1)
    assert [[message.text[:5] for message in rounds.got(number)] for number in range(3)] == [["내일 오전"]] * 3
    kept = await rounds.school.rows(select(outbox.c.outcome, outbox.c.message_id).order_by(outbox.c.resident_id))
    assert [tuple(row) for row in kept] == [("sent", str(rounds.got(number)[0].message_id)) for number in range(3)]


async def test_a_429_holds_its_chat_as_long_as_told_and_no_other(rounds, monkeypatch):
    monkeypatch.setattr(Pace, "_now", staticmethod(lambda: rounds.school.now.timestamp()))
    rounds.pace._per_second = 30
    await rounds.owes(3)
    rounds.fails(0, 429, retry_after=30)
    await rounds.later()
    assert [len(rounds.got(number)) for number in range(3)] == [0, 1, 1]
    await rounds.later(seconds=29)
    assert rounds.got(0) == []
    await rounds.later(seconds=1)
    assert len(rounds.got(0)) == 1


@pytest.mark.on_both
async def test_a_429_holds_whatever_else_is_owed_to_its_chat(rounds):
    await rounds.owes(1)
    rounds.fails(0, 429, retry_after=30)
    await rounds.later()
    await rounds.owes_another()
    await rounds.later(seconds=1)
    assert len(rounds.calls(0)) == 1


async def test_two_chats_refused_in_turn_hold_the_whole_bot_as_long_as_told(rounds):
    await rounds.owes(5)
    rounds.api.fail("sendMessage", 429, times=2, retry_after=1)
    await rounds.later()
    refused = rounds.api.calls("sendMessage (429)")
    sent = rounds.api.calls("sendMessage")
    assert (len(refused), len(sent)) == (2, 3)
    assert sent[0].at - refused[1].at >= 0.9


async def test_one_chat_refused_twice_holds_no_other(rounds):
    await rounds.owes(2)
    rounds.fails(0, 429, times=2, retry_after=60)
    for _ in range(2):
        rounds.pace._chats.clear()
        await rounds.later(seconds=60)
    assert rounds.pace._paused_until == 0
    assert len(rounds.got(1)) == 1


@pytest.mark.parametrize("how", ["blocks", "deactivates"])
async def test_who_is_gone_is_listed_and_written_to_no_more(rounds, how):
    await rounds.owes(2)
    getattr(rounds.resident(0), how)()
    await rounds.later()
    await rounds.later(hours=1)
    assert await rounds.outcomes() == [("unreached", Reason.NO_ADDRESS), ("sent", None)]
    assert len(rounds.calls(0)) == 1


async def test_what_telegram_refuses_for_good_is_told_with_its_reason(rounds):
    await rounds.owes(2)
    rounds.fails(0, 400, description="Bad Request: something new")
    await rounds.later()
    await rounds.later(hours=1)
    assert await rounds.outcomes() == [("refused", "refused: Something new"), ("sent", None)]
    assert len(rounds.calls(0)) == 1


async def test_markup_that_telegram_refuses_is_sent_plain(rounds):
    await rounds.owes(1)
    rounds.fails(0, 400, description="Bad Request: can't parse entities: unexpected end tag")
    await rounds.later()
    assert [message.entities for message in rounds.got(0)] == [[]]
    assert await rounds.outcomes() == [("sent", None)]


async def test_what_never_left_is_tried_again_until_telegram_is_back(rounds):
    await rounds.owes(1)
    port = int(rounds.api.url.rpartition(":")[2])
    await rounds.api.stop()
    for _ in range(3):
        await rounds.later(seconds=30)
    assert await rounds.outcomes() == [(None, Reason.NOT_SENT)]
    await rounds.api.start(port)
    await rounds.later(seconds=30)
    assert len(rounds.got(0)) == 1


@pytest.mark.on_both
async def test_tries_come_ever_more_slowly(rounds):
    await rounds.owes(1)
    await rounds.api.stop()
    gaps = []
    for _ in range(8):
        await rounds.later()
        (row,) = await rounds.school.rows(select(outbox.c.due_at))
        gaps.append((row.due_at - rounds.school.now).total_seconds())
        rounds.school.now = row.due_at
    assert gaps == [0.5, 1, 2, 4, 8, 16, 30, 30]


async def test_a_token_that_telegram_does_not_know_loses_nothing(rounds):
    await rounds.owes(1)
    rounds.fails(0, 401)
    await rounds.later()
    await rounds.later(seconds=30)
    assert len(rounds.got(0)) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["timeout", "reset", "garbage", 500, 502])
async def test_what_may_have_arrived_is_listed_and_never_repeated(rounds, kind, after):
    await rounds.owes(2)
    rounds.fails(0, kind, after=after)
    await rounds.later()
    for _ in range(3):
        await rounds.later(seconds=LEASE.total_seconds() + 1)
    ((outcome, reason), other) = await rounds.outcomes()
    assert (outcome, bool(reason), other) == ("unknown", True, ("sent", None))
    assert len(rounds.got(0)) == after
    assert rounds.api.faults.struck == 1


async def test_what_was_being_sent_when_its_process_died_is_not_sent_again(rounds):
    await rounds.owes(1)
    rounds.fails(0, "timeout", after=True)
    delivering = asyncio.create_task(rounds.courier.deliver_due())
    await until(lambda: rounds.api.faults.struck)
    delivering.cancel()
    await rounds.later(seconds=LEASE.total_seconds())
    assert len(rounds.got(0)) == 1


async def test_who_cannot_be_written_to_does_not_have_to_wait_for_a_turn(rounds):
    await rounds.owes(2)
    await rounds.school.database.write(lambda tx: reaching.mark_reachable(tx, "telegram", str(FIRST), False))
    await rounds.courier.set_aside()
    assert await rounds.outcomes() == [("unreached", Reason.NO_ADDRESS), (None, None)]


async def test_a_bug_while_sending_is_listed_as_of_unknown_outcome(rounds, monkeypatch, logged):
    async def stumbles(*_):
        raise LookupError("a bug")

    await rounds.owes(1)
    monkeypatch.setattr(Delivery, "push", stumbles)
    await rounds.later()
    assert await rounds.outcomes() == [("unknown", "bug: LookupError")]
    assert "notice of unknown outcome" in logged.text


async def test_what_nobody_wrote_down_the_end_of_is_given_up_after_a_while(rounds):
    await rounds.owes(1)
    await rounds.school.database.write(lambda tx: start(tx, 1, "telegram", rounds.school.now))
    rounds.school.waits(minutes=9)
    await rounds.courier.give_up_lost()
    assert await rounds.outcomes() == [(None, None)]
    rounds.school.waits(minutes=2)
    await rounds.courier.give_up_lost()
    assert await rounds.outcomes() == [("unknown", Reason.INTERRUPTED)]


# --- while the whole bot has to wait ---


@pytest.fixture
async def held(rounds, monkeypatch):
    """One resident is owed a reminder, which is worded and then held for longer than words are taken to be true."""
    monkeypatch.setattr(courier, "FRESH", 0.0)
    await rounds.owes(1)
    rounds.pace.pause(3600.0)
    return rounds


async def is_under_way(rounds):
    delivering = asyncio.create_task(rounds.courier.deliver_due())
    await is_waited_for(rounds.pace)
    return delivering


async def goes_out(rounds, delivering):
    goes_on(rounds.pace)
    await delivering


@pytest.mark.on_both
async def test_a_class_that_moves_while_the_bot_is_held_is_not_spoken_of_as_it_was(held):
    delivering = await is_under_way(held)
    await held.school.database.write(lambda tx: moves(tx, held))
    await goes_out(held, delivering)
    assert held.got(0) == []


@pytest.mark.on_both
async def test_who_switches_a_reminder_off_while_the_bot_is_held_does_not_get_it(held):
    delivering = await is_under_way(held)
    await held.school.database.write(lambda tx: preferences.mute(tx, 1, ["day_before"]))
    await goes_out(held, delivering)
    assert held.got(0) == []


@pytest.mark.on_both
async def test_what_becomes_too_old_while_the_bot_is_held_is_not_sent(held):
    delivering = await is_under_way(held)
    held.school.waits(days=1)
    await goes_out(held, delivering)
    assert held.got(0) == []


def moves(tx, rounds):
    courses.lock(tx, rounds.course)
    second = sessions.of_courses(tx, [rounds.course])[1]
    day = timedelta(days=1)
    sessions.move(tx, second, (second.starts_at + day, second.ends_at + day), rounds.school.now)


async def test_a_notice_longer_than_a_message_comes_whole_with_its_buttons_last(rounds, monkeypatch):
    lines = "\n".join(f"{number}회차 수업 시간이 바뀌었어요" for number in range(300))
    monkeypatch.setattr(notices, "word", lambda *_: Reply(lines, links=(Button("내 신청 보기", "mine"),)))
    await rounds.owes(1)
    await rounds.later()
    first, last = rounds.got(0)
    assert "\n".join((first.text, last.text)) == lines
    assert (first.labels, last.labels) == ([], ["내 신청 보기"])


async def test_a_notice_of_which_a_part_has_left_is_never_sent_again(rounds, monkeypatch):
    monkeypatch.setattr(notices, "word", lambda *_: Reply("바뀌었어요\n" * 1000))
    await rounds.owes(1)
    rounds.fails(0, 429, retry_after=1, spares=1)
    await rounds.later()
    await rounds.later(hours=1)
    assert len(rounds.got(0)) == 1
    assert [outcome for outcome, _ in await rounds.outcomes()] == ["unknown"]


async def test_what_is_in_hand_when_the_clock_jumps_a_year_ahead_is_sent_when_it_came_back(rounds):
    await rounds.owes(1)
    evening, claimed = rounds.school.now, iter([False])

    def must_wait():
        rounds.school.now = evening + timedelta(days=365)
        return next(claimed, True)

    rounds.courier._leaving.must_wait = must_wait
    await rounds.courier.deliver_due()
    assert await rounds.outcomes() == [(None, None)]
    rounds.school.now, rounds.courier._leaving.must_wait = evening, lambda: False
    await rounds.later(minutes=1)
    assert [outcome for outcome, _ in await rounds.outcomes()] == ["sent"]

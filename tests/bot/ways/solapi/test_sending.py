"""AlimTalk at the dealer's door: what each of its answers, and each silence, makes of a notice."""

import logging

import pytest
from sqlalchemy import update

from bot.ways.calls import Unsent
from bot.ways.solapi import client
from bot.ways.solapi.sending import BUSY, EMPTY, LOCKED_OUT
from handlers.notices import templates as texts
from storage.people import residents
from storage.reasons import Reason
from storage.tables import notice_templates
from storage.ways import templates
from tests.support.solapi import KEY, SECRET

pytestmark = pytest.mark.on_sqlite


async def arrives(mailing):
    """How many messages came to anybody, once all is known."""
    mailing.dealer.account.advance()
    await mailing.tends(minutes=3)
    return len(mailing.dealer.account.arrived)


def in_one_call(mailing, most):
    """However slow this machine is, a call waits until it is full."""
    together = mailing.service.way.pusher._together
    together._most, together._within = most, 60.0


async def test_what_is_owed_at_one_time_leaves_in_one_call(mailing):
    await mailing.owes(3)
    in_one_call(mailing, 3)
    await mailing.delivers()
    assert [len(each.body["messages"]) for each in sent(mailing)] == [3]


@pytest.mark.on_both
async def test_what_is_owed_leaves_and_is_told_once_it_arrived(mailing):
    await mailing.owes(3)
    await mailing.delivers()
    assert sum(len(each.body["messages"]) for each in sent(mailing)) == 3
    assert await mailing.notices() == [(None, None)] * 3
    assert await arrives(mailing) == 3
    assert await mailing.notices() == [("sent", None)] * 3
    assert await mailing.outcomes() == [("delivered", None, 13)] * 3
    assert mailing.dealer.account.spent == 39


async def test_the_approved_text_comes_filled_in_and_never_as_a_text_message(mailing):
    await mailing.owes(1)
    await mailing.delivers()
    (message,) = mailing.dealer.account.messages.values()
    assert ("홍길동님" in message.text, "바리스타 2급" in message.text, "#{" in message.text) == (True, True, False)
    (sent,) = mailing.dealer.called("send")[0].body["messages"]
    assert (sent["kakaoOptions"]["disableSms"], "from" in sent) == (True, False)


@pytest.mark.parametrize("kind", [401, 403])
async def test_a_key_that_the_dealer_does_not_know_loses_nothing_and_is_told_once(mailing, kind, caplog):
    await mailing.owes(3)
    mailing.dealer.fail("send", kind, times=2)
    await mailing.delivers()
    assert await mailing.outcomes() == []
    await mailing.delivers(seconds=LOCKED_OUT.total_seconds() - 1)
    assert len(mailing.dealer.faults.planned) == 1
    for _ in range(2):
        await mailing.delivers(seconds=LOCKED_OUT.total_seconds())
    assert len([each for each in caplog.records if each.levelno == logging.ERROR]) == 1
    assert await arrives(mailing) == 3


async def test_a_clock_that_is_wrong_loses_nothing(mailing, dealer):
    await mailing.owes(1)
    real = dealer._signatures._now
    dealer._signatures._now = lambda: real().replace(hour=23)
    await mailing.delivers()
    assert [reason for _, reason in await mailing.notices()] == ["unknown_token: RequestTimeTooSkewed"]
    dealer._signatures._now = real
    await mailing.delivers(minutes=2)
    assert await arrives(mailing) == 1


async def test_an_account_that_is_empty_is_waited_for_until_it_is_filled(mailing, caplog):
    await mailing.owes(3)
    mailing.dealer.account.balance = 20
    await mailing.delivers()
    assert sorted(reason or "" for _, reason in await mailing.notices()) == ["", *["no_balance: 1030 잔액 부족"] * 2]
    await mailing.delivers(seconds=1)
    assert len(mailing.dealer.called("send")) == 1
    mailing.dealer.account.balance = 100
    await mailing.delivers(seconds=EMPTY.total_seconds())
    assert len([each for each in caplog.records if "isn't taken" in each.message]) == 1
    assert await arrives(mailing) == 3


@pytest.mark.parametrize(("kind", "wait"), [(429, 7), (402, EMPTY.total_seconds()), (404, LOCKED_OUT.total_seconds())])
async def test_the_dealer_is_left_alone_as_long_as_it_says(mailing, kind, wait):
    await mailing.owes(2)
    mailing.dealer.fail("send", kind, retry_after=7)
    await mailing.delivers()
    await mailing.delivers(seconds=wait - 1)
    assert mailing.dealer.called("send") == []
    await mailing.delivers(seconds=1)
    assert await arrives(mailing) == 2


async def test_while_the_dealer_takes_nothing_what_falls_due_is_not_tried_either(mailing):
    await mailing.owes(1)
    mailing.dealer.fail("send", 403)
    await mailing.delivers()
    await mailing.owes_another()
    await mailing.delivers(seconds=1)
    assert sent(mailing) == []
    await mailing.delivers(seconds=LOCKED_OUT.total_seconds())
    await mailing.delivers(seconds=1)
    assert await arrives(mailing) == 2


async def test_what_never_left_is_tried_again_until_the_dealer_is_back(mailing):
    await mailing.owes(2)
    port = int(mailing.dealer.url.rpartition(":")[2])
    await mailing.dealer.stop()
    for _ in range(3):
        await mailing.delivers(minutes=1)
    assert [outcome for outcome, _ in await mailing.notices()] == [None, None]
    await mailing.dealer.start(port)
    await mailing.delivers(minutes=1)
    assert await arrives(mailing) == 2


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["timeout", "reset", "garbage", 500, 502])
async def test_what_may_have_left_is_never_repeated_and_looked_for_in_the_dealers_list(
    mailing, kind, after, monkeypatch
):
    monkeypatch.setattr(client, "PATIENCE", 0.3)
    await mailing.owes(2)
    mailing.dealer.fail("send", kind, after=after)
    await mailing.delivers()
    assert [outcome for outcome, _ in await mailing.notices()] == ["unknown"] * 2
    mailing.dealer.account.advance()
    for _ in range(3):
        await mailing.delivers(minutes=1)
        await mailing.tends(minutes=1)
    assert len(mailing.dealer.account.messages) == (2 if after else 0)
    assert [outcome for outcome, _ in await mailing.notices()] == ["sent" if after else "unknown"] * 2


async def test_one_number_that_is_blocked_keeps_nobody_else_from_it(mailing):
    await mailing.owes(3)
    mailing.dealer.account.blocked = {mailing.number(2)}
    await mailing.delivers()
    await mailing.delivers(seconds=1)
    assert (await mailing.notices())[1] == ("unreached", "refused: 1060 차단된 수신번호")
    assert await arrives(mailing) == 2
    assert sum(cost for *_, cost in await mailing.outcomes()) == 26


async def test_a_message_that_spoils_its_call_is_found_and_the_others_leave(mailing, monkeypatch):
    await mailing.owes(5)
    number = mailing.number(4)
    made = client.Client.send

    async def spoilt(self, body):
        wrong = [{**each, "country": 82} if each["to"] == number else each for each in body["messages"]]
        return await made(self, {**body, "messages": wrong})

    monkeypatch.setattr(client.Client, "send", spoilt)
    await mailing.delivers()
    await mailing.delivers(seconds=1)
    assert (await mailing.notices())[3] == ("unreached", "refused: ValidationError")
    assert await arrives(mailing) == 4


async def test_of_a_call_in_two_halves_the_one_that_left_is_not_repeated(mailing):
    await mailing.owes(2)
    mailing.dealer.fail("send", 400)
    mailing.dealer.fail("send", 401, spares=1)
    await mailing.delivers()
    await mailing.delivers(minutes=2)
    assert await arrives(mailing) == 2
    assert [outcome for outcome, _ in await mailing.notices()] == ["sent", "sent"]


async def test_what_never_left_of_a_call_in_two_halves_takes_nothing_back_of_the_other(mailing, monkeypatch):
    made, calls = client.Client.send, []

    async def sends(self, body):
        calls.append(len(body["messages"]))
        if len(calls) == 3:
            raise Unsent("gone")
        return await made(self, body)

    await mailing.owes(2)
    in_one_call(mailing, 2)
    mailing.dealer.fail("send", 400)
    with monkeypatch.context() as broken:
        broken.setattr(client.Client, "send", sends)
        await mailing.delivers()
    assert calls == [2, 1, 1]
    in_one_call(mailing, 1)
    await mailing.delivers(minutes=1)
    assert (await arrives(mailing), len(mailing.dealer.account.messages)) == (2, 2)


async def test_two_who_share_a_number_are_told_in_two_calls(mailing):
    await mailing.owes(3)
    shared = f"+82{mailing.number(1)[1:]}"
    await mailing.school.database.write(lambda tx: residents.describe(tx, residents.by_id(tx, 2), mobile=shared))
    for _ in range(3):
        await mailing.delivers(seconds=5)
    assert all(
        len({one["to"] for one in each.body["messages"]}) == len(each.body["messages"]) for each in sent(mailing)
    )
    assert await arrives(mailing) == 3


async def test_two_who_have_one_number_are_told_in_calls_of_their_own(mailing):
    await mailing.owes(2)
    await mailing.school.database.write(
        lambda tx: [residents.describe(tx, residents.by_id(tx, each), mobile="+821000000001") for each in (1, 2)]
    )
    await mailing.delivers()
    await mailing.delivers(seconds=5)
    assert [len(call.body["messages"]) for call in sent(mailing)] == [1, 1]
    assert [call.status for call in sent(mailing)] == [200, 200]


def sent(mailing):
    return mailing.dealer.called("send")


async def test_a_number_of_another_country_is_left_to_other_ways(mailing):
    await mailing.owes(1)
    await mailing.school.database.write(
        lambda tx: residents.describe(tx, residents.by_id(tx, 1), mobile="+12025550000")
    )
    await mailing.delivers()
    await mailing.delivers(seconds=1)
    assert sent(mailing) == []
    assert (await mailing.notices())[0][0] == "unreached"


# --- templates ---


async def test_a_template_that_is_rejected_in_the_middle_stops_its_kind_and_no_other(mailing):
    await mailing.owes(3)
    other = mailing.dealer.account.offers(texts.NAMED["first_class"], texts.TEXTS["first_class"].text)
    await mailing.tends(hours=1)
    for each in mailing.dealer.account.templates.values():
        each.status = "APPROVED" if each is other else "REJECTED"
    await mailing.delivers()
    kinds = await mailing.school.database.read(lambda tx: templates.of_way(tx, "alimtalk"))
    assert (kinds["day_before"].is_usable, kinds["first_class"].is_usable) == (False, True)
    await mailing.delivers(seconds=1)
    assert [outcome for outcome, _ in await mailing.notices()] == ["unreached"] * 3
    assert await mailing.outcomes() == [("failed", "no_template: 1042 없는 템플릿", 0)] * 3
    assert len(sent(mailing)) == 1


@pytest.mark.parametrize("text", ["#{강좌} 안내 #{모르는값}", "길어요" * 333 + " #{강좌}"], ids=["unknown", "too long"])
async def test_what_cannot_be_filled_in_leaves_by_another_way(mailing, text):
    await mailing.owes(1)
    changed = update(notice_templates).where(notice_templates.c.kind == "day_before").values(text=text)
    await mailing.school.database.write(lambda tx: tx.execute(changed))
    await mailing.delivers()
    await mailing.delivers(seconds=1)
    assert sent(mailing) == []
    assert await mailing.outcomes() == [("failed", Reason.NO_TEMPLATE, 0)]
    assert (await mailing.notices())[0] == ("unreached", Reason.NO_TEMPLATE)


# --- answers that say less than they should ---


async def answers(mailing, monkeypatch, **differing):
    """The dealer takes everything, and says of it what is given, or nothing where that is None."""
    made = client.Client.send

    async def said(self, body):
        answer = await made(self, body)
        told = {name: each for name, each in {**answer.data, **differing}.items() if each is not None}
        return client.Answer(answer.status, told)

    monkeypatch.setattr(client.Client, "send", said)
    await mailing.delivers()


async def test_without_a_list_of_messages_what_is_not_refused_was_taken(mailing, monkeypatch):
    await mailing.owes(2)
    await answers(mailing, monkeypatch, messageList=None)
    assert [outcome for outcome, _ in await mailing.notices()] == [None, None]
    assert await arrives(mailing) == 2
    assert [outcome for outcome, _ in await mailing.notices()] == ["sent", "sent"]


@pytest.mark.parametrize("missing", [{"messageList": []}, {"groupInfo": None}, {"groupInfo": {"groupId": ""}}])
async def test_what_the_dealer_says_nothing_of_may_have_left_and_is_found_in_its_list(mailing, monkeypatch, missing):
    await mailing.owes(1)
    await answers(mailing, monkeypatch, **missing)
    assert [outcome for outcome, _ in await mailing.notices()] == ["unknown"]
    assert await arrives(mailing) == 1
    assert [outcome for outcome, _ in await mailing.notices()] == ["sent"]


@pytest.mark.parametrize("error", ["NotEnoughBalance", "InsufficientBalance"])
async def test_a_whole_call_that_costs_too_much_is_not_taken_apart(mailing, monkeypatch, error):
    calls = []

    async def refuses(self, body):
        calls.append(len(body["messages"]))
        return client.Answer(400, {"errorCode": error})

    await mailing.owes(4)
    in_one_call(mailing, 4)
    with monkeypatch.context() as broke:
        broke.setattr(client.Client, "send", refuses)
        await mailing.delivers()
    assert calls == [4]
    assert {reason for _, reason in await mailing.notices()} == {f"no_balance: {error}"}


# --- secrets ---


async def test_no_key_and_no_number_is_ever_logged(mailing, caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("aiohttp.access", "asyncio"):
        caplog.set_level(logging.INFO, logger=name)
    await mailing.owes(3)
    for kind in (400, 401, 500, "reset", "garbage"):
        mailing.dealer.fail("*", kind, times=2)
        await mailing.delivers(minutes=2)
        await mailing.tends(hours=2)
    mailing.dealer.account.blocked = {mailing.number(each) for each in (1, 2, 3)}
    mailing.dealer.heal()
    await mailing.delivers(minutes=2)
    assert caplog.text
    assert [each for each in (KEY, SECRET, "0100000", "+8210", mailing.dealer.url) if each in caplog.text] == []


async def test_a_refusal_waits_and_says_so_with_the_dealers_own_word_only(mailing):
    await mailing.owes(1)
    mailing.dealer.fail("send", 429, retry_after=0)
    await mailing.delivers()
    assert (await mailing.notices())[0] == (None, "told_to_wait: TooManyRequests")
    assert mailing.service.way.rests_until(False, mailing.school.now) == mailing.school.now + BUSY

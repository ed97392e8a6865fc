"""What became of AlimTalk: told by the dealer, or asked for; late, twice, lost, forged and replayed."""

import httpx
import pytest
from sqlalchemy import delete, update

from bot.ways import results
from bot.ways.solapi.reports import TEXT_FOLLOWS
from bot.ways.solapi.service import TOLD
from bot.ways.solapi.webhook import LONGEST, PATH
from storage.tables import dispatches, outbox
from storage.ways import templates
from tests.support.solapi import HOOK
from tests.support.web.site import served

pytestmark = pytest.mark.on_sqlite
SENDER = "0200000000"
NOT_THERE = "not_on_kakao: 3104 카카오톡 미사용자"


@pytest.fixture
async def results_url(mailing):
    """The address at which the dealer tells of results."""
    async with served(mailing.service.routes()) as url:
        yield f"{url}{PATH}"


async def posts(url, content, **headers):
    async with httpx.AsyncClient() as browser:
        answer = await browser.post(url, content=content, headers={"X-Solapi-Secret": HOOK, **headers})
    return answer.status_code


@pytest.mark.on_both
@pytest.mark.parametrize("shape", [{}, {"hashed": False}, {"flat": True}], ids=["hashed", "plain", "flat"])
async def test_what_the_dealer_tells_is_known_at_once(mailing, results_url, shape):
    await mailing.owes(2)
    mailing.dealer.account.not_on_kakao = {mailing.number(2)}
    await mailing.delivers()
    assert await mailing.dealer.reports(results_url, HOOK, **shape) == [200]
    assert sorted(await mailing.outcomes()) == [("delivered", None, 13), ("failed", NOT_THERE, 0)]
    await mailing.delivers(seconds=1)
    assert [outcome for outcome, _ in await mailing.notices()] == ["sent", "unreached"]
    assert len(mailing.dealer.called("send")) == 1


@pytest.mark.parametrize("secret", ["", "wrong-secret-0000", HOOK.upper(), f"{HOOK} "])
async def test_who_forges_a_result_is_turned_away_and_nothing_is_believed(mailing, results_url, secret, caplog):
    await mailing.owes(1)
    await mailing.delivers()
    assert await mailing.dealer.reports(results_url, secret) == [401] * 5
    assert await mailing.outcomes() == [(None, None, 13)]
    assert "wrong secret" in caplog.text


async def test_without_a_secret_there_is_no_door(mailing):
    mailing.restarts(webhook_secret=None)
    assert mailing.service.routes() == []


async def test_a_result_that_is_told_again_counts_once(mailing, results_url):
    await mailing.owes(1)
    await mailing.delivers()
    (message,) = mailing.dealer.account.messages.values()
    await mailing.dealer.reports(results_url, HOOK)
    for code in ("4000", "3104", "2000", "4000"):
        message.code = code
        assert await mailing.dealer.reports(results_url, HOOK, [message, message]) == [200]
    assert await mailing.outcomes() == [("delivered", None, 13)]
    assert await mailing.notices() == [("sent", None)]


async def test_a_failure_that_is_told_again_does_not_fail_what_was_sent_anew(mailing, results_url):
    await mailing.owes(1)
    mailing.dealer.account.not_on_kakao = {mailing.number(1)}
    await mailing.delivers()
    failed = mailing.dealer.account.advance()
    await mailing.dealer.reports(results_url, HOOK, failed)
    before = await mailing.outcomes()
    await mailing.delivers(seconds=1)
    await mailing.dealer.reports(results_url, HOOK, failed)
    assert (await mailing.outcomes(), len(before)) == (before, 1)


async def test_what_another_service_of_the_same_account_sent_is_none_of_ours(mailing, results_url):
    await mailing.owes(1)
    await mailing.delivers()
    (message,) = mailing.dealer.account.messages.values()
    number, _, mark = message.custom["baeumtok"].partition("-")
    for custom in ({"baeumtok": f"{number}-{'0' * 20}"}, {"baeumtok": number}, {"baeumtok": f"9{number}-{mark}"}, {}):
        another = {"messageId": "M4Vanother", "groupId": message.group, "statusCode": "4000", "customFields": custom}
        async with httpx.AsyncClient() as browser:
            assert (
                await browser.post(results_url, json=[another], headers={"X-Solapi-Secret": HOOK})
            ).status_code == 200
    mine = {"messageId": "M4Vanother", "groupId": message.group, "statusCode": "4000", "customFields": message.custom}
    async with httpx.AsyncClient() as browser:
        await browser.post(results_url, json=[mine], headers={"X-Solapi-Secret": HOOK})
    assert await mailing.outcomes() == [(None, None, 13)]


async def test_a_number_without_its_mark_is_not_believed_where_ours_was_never_confirmed(mailing, results_url):
    await mailing.owes(1)
    mailing.dealer.fail("send", 500, after=True)
    await mailing.delivers()
    (message,) = mailing.dealer.account.messages.values()
    message.custom, before = {"baeumtok": f"1-{'0' * 20}"}, message.custom
    await mailing.dealer.reports(results_url, HOOK)
    assert [outcome for outcome, *_ in await mailing.outcomes()] == ["unknown"]
    message.custom = before
    await mailing.dealer.reports(results_url, HOOK, [message])
    assert [outcome for outcome, *_ in await mailing.outcomes()] == ["delivered"]


async def test_a_result_without_our_mark_is_known_by_its_message_and_group(mailing, results_url):
    await mailing.owes(1)
    await mailing.delivers()
    (message,) = mailing.dealer.account.messages.values()
    message.custom = {}
    await mailing.dealer.reports(results_url, HOOK)
    assert await mailing.outcomes() == [("delivered", None, 13)]


async def test_what_is_told_of_a_notice_that_was_forgotten_is_still_money(mailing, results_url):
    await mailing.owes(1)
    await mailing.delivers()
    await mailing.school.database.write(lambda tx: tx.execute(delete(outbox)))
    await mailing.dealer.reports(results_url, HOOK)
    assert await mailing.outcomes() == [("delivered", None, 13)]


@pytest.mark.parametrize(
    "body", ["", "{", "[1, null, [], {}]", "3", '{"data": 3}', "[" * 5000, '[{"data": {"to": 1}}]']
)
async def test_what_is_no_report_harms_nothing(mailing, results_url, body):
    await mailing.owes(1)
    await mailing.delivers()
    assert await posts(results_url, body) in (200, 400)
    assert await posts(results_url, body, **{"X-Solapi-Event-Name": "GROUP-REPORT"}) == 200
    assert await mailing.outcomes() == [(None, None, 13)]


async def test_more_than_anybody_reports_is_not_read(mailing, results_url):
    assert await posts(results_url, "[" + " " * LONGEST + "]") == 413


async def test_what_could_not_be_stored_is_asked_for_again(mailing, results_url, monkeypatch):
    async def stumbles(*_):
        raise OSError("the disk is full")

    await mailing.owes(1)
    await mailing.delivers()
    with monkeypatch.context() as broken:
        broken.setattr(results, "note", stumbles)
        statuses = await mailing.dealer.reports(results_url, HOOK)
        assert (len(statuses), 200 in statuses) == (5, False)
    await mailing.tends(minutes=3)
    assert await mailing.outcomes() == [("delivered", None, 13)]


@pytest.mark.parametrize(("absent", "outcome"), [(False, "sent"), (True, "unreached")])
async def test_a_result_that_is_quicker_than_the_answer_is_not_forgotten(mailing, results_url, absent, outcome):
    await mailing.owes(1)
    mailing.dealer.account.not_on_kakao = {mailing.number(1)} if absent else set()
    mailing.dealer.before_answering = lambda: mailing.dealer.reports(results_url, HOOK)
    await mailing.delivers()
    (row,) = await mailing.school.rows(outbox.select())
    assert (row.started_at is None, row.accepted_at) == (absent, None)
    await mailing.delivers(seconds=1)
    assert (await mailing.notices())[0][0] == outcome
    assert len(mailing.dealer.account.messages) == 1


# --- asked for ---


async def test_a_call_of_the_dealer_that_was_lost_is_made_up_by_asking(mailing):
    await mailing.owes(3)
    await mailing.delivers()
    mailing.dealer.account.advance()
    await mailing.tends(seconds=TOLD.total_seconds() - 1)
    assert mailing.dealer.called("group") == []
    await mailing.tends(seconds=1)
    assert await mailing.outcomes() == [("delivered", None, 13)] * 3
    await mailing.tends(hours=1)
    assert len(mailing.dealer.called("group")) == 1


async def test_the_older_a_message_the_less_often_it_is_asked_for_and_a_day_later_no_more(mailing):
    await mailing.owes(1)
    await mailing.delivers()
    asked = []
    for _ in range(30):
        await mailing.tends(hours=1)
        asked.append(len(mailing.dealer.called("group")))
    assert asked[:3] == [1, 2, 3]
    assert asked[-1] == asked[-5] <= 25
    assert await mailing.outcomes() == [("unknown", "no_result", 13)]
    assert [outcome for outcome, _ in await mailing.notices()] == ["unknown"]


async def test_a_start_asks_for_all_that_is_not_known_in_pages(mailing):
    await mailing.owes(7)
    await mailing.delivers()
    mailing.dealer.account.advance()
    mailing.dealer.page = 3
    await mailing.service.stop()
    mailing.restarts()
    await mailing.service.start()
    await mailing.tends(minutes=3)
    assert await mailing.outcomes() == [("delivered", None, 13)] * 7
    assert [each.query.get("startKey") for each in mailing.dealer.called("group")] == [None, "3", "6"]


@pytest.mark.parametrize("kind", [401, 404, 429, 500, "reset", "garbage"])
async def test_a_dealer_that_tells_nothing_is_asked_again(mailing, kind):
    await mailing.owes(1)
    await mailing.delivers()
    mailing.dealer.account.advance()
    mailing.dealer.fail("group", kind)
    await mailing.tends(minutes=3)
    assert await mailing.outcomes() == [(None, None, 13)]
    await mailing.tends(minutes=3)
    assert await mailing.outcomes() == [("delivered", None, 13)]


@pytest.mark.parametrize("code", ["3014", "3048"])
async def test_what_the_dealer_itself_does_not_know_is_not_repeated(mailing, code):
    await mailing.owes(1)
    mailing.dealer.account.failing = {mailing.number(1): code}
    await mailing.delivers()
    mailing.dealer.account.advance()
    await mailing.tends(minutes=3)
    await mailing.delivers(minutes=1)
    assert [outcome for outcome, _ in await mailing.notices()] == ["unknown"]
    assert len(mailing.dealer.account.messages) == 1


@pytest.mark.on_both
async def test_what_was_leaving_when_the_process_died_is_found_in_the_dealers_list(mailing):
    await mailing.owes(2)
    await mailing.delivers()
    lost = {"batch": None, "message_id": None, "accepted_at": None}
    await mailing.changes(**lost)
    await mailing.school.database.write(lambda tx: tx.execute(update(outbox).values(accepted_at=None)))
    mailing.school.waits(minutes=11)
    await mailing.courier.give_up_lost()
    assert [outcome for outcome, *_ in await mailing.outcomes()] == ["unknown"] * 2
    mailing.dealer.account.advance()
    await mailing.tends()
    assert await mailing.notices() == [("sent", None)] * 2


async def test_what_goes_on_being_lost_keeps_nobody_from_looking_for_what_was(mailing):
    await mailing.owes(2)
    mailing.dealer.fail("send", 500, after=True, times=None)
    await mailing.delivers()
    mailing.dealer.account.advance()
    later = {"started_at": mailing.school.now + TOLD}
    await mailing.school.database.write(
        lambda tx: tx.execute(update(dispatches).where(dispatches.c.id == 2).values(later))
    )
    await mailing.tends(seconds=TOLD.total_seconds())
    assert await mailing.notices() == [("sent", None)] * 2


async def test_what_left_too_late_for_its_list_is_looked_for_again(mailing):
    await mailing.owes(1)
    mailing.dealer.fail("send", 500, after=True)
    await mailing.delivers()
    await mailing.tends(minutes=3)
    assert await mailing.outcomes() == [("unknown", "no_answer: InternalServerError", 13)]
    mailing.dealer.account.advance()
    await mailing.tends(minutes=3)
    assert await mailing.outcomes() == [("delivered", None, 13)]


# --- text messages instead ---


async def texting(mailing):
    mailing.dealer.account.senders = {SENDER}
    mailing.restarts(text_from=SENDER)
    await mailing.owes(2)
    mailing.dealer.account.not_on_kakao = {mailing.number(2)}
    await mailing.delivers()


async def test_who_has_no_kakaotalk_gets_a_text_message_and_nothing_else(mailing):
    await texting(mailing)
    async with served(mailing.service.routes()) as url:
        await mailing.dealer.reports(f"{url}{PATH}", HOOK)  # it failed in KakaoTalk
        await mailing.delivers(seconds=1)
        assert [outcome for outcome, _ in await mailing.notices()] == ["sent", None]
        await mailing.dealer.reports(f"{url}{PATH}", HOOK)  # and left as a text
    assert await mailing.outcomes() == [("delivered", None, 13), ("delivered", None, 18)]
    rows = await mailing.school.rows(dispatches.select().order_by(dispatches.c.id))
    assert [row.is_text for row in rows] == [False, True]
    assert sum(row.cost for row in rows) == mailing.dealer.account.spent * 100
    assert len(mailing.dealer.account.arrived) == 2


async def test_a_text_message_that_never_follows_is_waited_for_only_so_long(mailing):
    await texting(mailing)
    mailing.dealer.account.advance()
    await mailing.tends(minutes=5)
    assert (await mailing.outcomes())[1][0] is None
    await mailing.tends(seconds=TEXT_FOLLOWS.total_seconds())
    assert (await mailing.outcomes())[1] == ("failed", NOT_THERE, 0)


async def test_a_template_that_is_rejected_after_it_was_taken_stops_its_kind(mailing, results_url):
    await mailing.owes(2)
    await mailing.delivers()
    for each in mailing.dealer.account.templates.values():
        each.status = "REJECTED"
    await mailing.dealer.reports(results_url, HOOK)
    await mailing.delivers(seconds=1)
    assert [reason for _, reason, _ in await mailing.outcomes()] == ["no_template: 3105 없는 템플릿"] * 2
    assert [outcome for outcome, _ in await mailing.notices()] == ["unreached"] * 2
    for each in mailing.dealer.account.templates.values():
        each.status = "APPROVED"
    await mailing.tends(hours=1)
    await mailing.dealer.reports(results_url, HOOK, list(mailing.dealer.account.messages.values()))
    assert await mailing.school.database.read(lambda tx: templates.usable(tx, "alimtalk", "day_before"))

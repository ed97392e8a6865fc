"""Ways in their order: what one refuses the next carries, and what may have arrived leaves by no other."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.messages.courier import Courier
from bot.messages.delivery import Gone, Later, Undeliverable, Unknown
from storage.notices import outbox
from storage.notices.outbox import NEWS
from storage.people import consents
from storage.reasons import Reason
from storage.tables import dispatches as left
from storage.tables import outbox as notices
from storage.teaching import courses
from storage.ways import dispatches, spending
from tests.support.clock.crowd import FIRST, attend
from tests.support.notices.ways import Carrier, approves, numbered

pytestmark = pytest.mark.on_sqlite

KIND = "closed"


@pytest.fixture
def chatting():
    return Carrier("kakao")


@pytest.fixture
def calling():
    return Carrier("alimtalk", 1300)


@pytest.fixture
def organization(settings):
    return settings.to_organization()


@pytest.fixture
async def courier(school, organization, chatting, calling):
    ways = {each.name: each.way for each in (chatting, calling)}
    return Courier(school.database, organization, lambda: school.now, ways)


@pytest.fixture
async def mother(school, clock):
    """Has KakaoTalk and a number, and a seat in a course that is closed; her notice is due."""
    return await owes(school, clock)


async def owes(school, clock, people=1):
    course = await school.opens(capacity=max(people, 1))

    def work(tx):
        attend(tx, course, people, school.now, "kakao")
        numbers = [numbered(tx, each, school.now) for each in range(1, people + 1)]
        approves(tx, "alimtalk", [KIND], school.now)
        courses.cancel(tx, course, "강사 사정")
        return numbers

    numbers = await school.database.write(work)
    await clock.plans()
    school.waits(minutes=30)
    return numbers


async def delivers(school, courier, minutes=0):
    school.waits(minutes=minutes)
    while await courier.deliver_due():
        pass


async def tells(school, dispatch, outcome, **how):
    now = school.now
    return await school.database.write(lambda tx: dispatches.settle(tx, dispatch, outcome, now, **how))


async def stands(school):
    (row,) = await school.rows(select(notices))
    return row.outcome, row.reason


async def costs(school):
    return await school.database.read(lambda tx: spending.since(tx, school.now - timedelta(days=99)))


async def test_what_was_taken_is_not_told_until_it_is_delivered(school, courier, chatting, mother):
    await delivers(school, courier)
    assert await stands(school) == (None, None)
    assert await tells(school, chatting.dispatches[0], "delivered")
    assert await stands(school) == ("sent", None)


async def test_what_certainly_failed_leaves_by_the_next_way_and_costs_nothing(
    school, courier, chatting, calling, mother
):
    await delivers(school, courier)
    await tells(school, chatting.dispatches[0], "failed", reason="refused: not a friend")
    await delivers(school, courier)
    assert [address for address, _ in calling.taken] == mother
    await tells(school, calling.dispatches[0], "delivered")
    await delivers(school, courier, minutes=60)
    assert (await stands(school), len(chatting.taken), await costs(school)) == (("sent", None), 1, 1300)


@pytest.mark.parametrize("how", [Undeliverable(Reason.REFUSED, "no such block"), Gone()])
async def test_what_a_way_refuses_at_once_leaves_by_the_next(school, courier, chatting, calling, mother, how):
    chatting.failing[str(FIRST)] = [how]
    await delivers(school, courier)
    assert [address for address, _ in calling.taken] == mother
    assert await costs(school) == 1300


async def test_what_a_way_cannot_carry_leaves_by_the_next(school, courier, chatting, calling, mother):
    chatting.can_carry = False
    await delivers(school, courier)
    assert (chatting.taken, len(calling.taken)) == ([], 1)


async def test_what_no_way_took_in_the_end_waits_for_their_visit_with_the_last_reason(
    school, courier, chatting, calling, mother
):
    await delivers(school, courier)
    await tells(school, chatting.dispatches[0], "failed", reason=Reason.REFUSED)
    await delivers(school, courier)
    await tells(school, calling.dispatches[0], "failed", reason=Reason.NOT_ON_KAKAO)
    await delivers(school, courier)
    assert (await stands(school), await costs(school)) == (("unreached", Reason.NOT_ON_KAKAO), 0)


async def test_what_may_have_arrived_leaves_by_no_other_way(school, courier, chatting, calling, mother):
    chatting.failing[str(FIRST)] = [Unknown(Reason.NO_ANSWER)]
    await delivers(school, courier)
    await delivers(school, courier, minutes=600)
    assert (await stands(school), calling.taken) == (("unknown", Reason.NO_ANSWER), [])
    assert await costs(school) == 1650


async def test_what_certainly_did_not_leave_is_tried_again_by_the_same_way(school, courier, chatting, calling, mother):
    chatting.failing[str(FIRST)] = [Later(timedelta(minutes=1), Reason.NOT_SENT)]
    await delivers(school, courier)
    assert await costs(school) == 0
    await delivers(school, courier, minutes=2)
    assert (len(chatting.taken), calling.taken, await costs(school)) == (1, [], 1650)


async def test_a_result_that_never_comes_is_given_up_and_one_that_comes_late_is_believed(
    school, courier, chatting, calling, mother
):
    await delivers(school, courier)
    school.waits(minutes=60 * 30)
    now = school.now
    given_up = await school.database.write(lambda tx: dispatches.give_up(tx, "kakao", now - timedelta(days=1), now))
    assert (given_up, await stands(school)) == (1, ("unknown", Reason.NO_RESULT))
    await tells(school, chatting.dispatches[0], "delivered")
    await delivers(school, courier)
    assert (await stands(school), calling.taken) == (("sent", None), [])


async def test_a_late_word_that_it_failed_is_told_to_officers_and_nothing_leaves_anew(
    school, courier, chatting, calling, mother
):
    chatting.failing[str(FIRST)] = [Unknown(Reason.NO_ANSWER)]
    await delivers(school, courier)
    (row,) = await school.rows(select(left))
    assert await tells(school, row.id, "failed", reason=Reason.REFUSED)
    await delivers(school, courier)
    assert (await stands(school), calling.taken, await costs(school)) == (("unreached", Reason.REFUSED), [], 0)


@pytest.mark.parametrize(
    ("first", "then"), [("delivered", "failed"), ("failed", "delivered"), ("delivered", "delivered")]
)
async def test_only_the_first_word_counts(school, courier, chatting, mother, first, then):
    await delivers(school, courier)
    assert await tells(school, chatting.dispatches[0], first)
    before = await stands(school)
    assert not await tells(school, chatting.dispatches[0], then)
    assert await stands(school) == before


async def test_a_process_that_dies_while_sending_leaves_both_unknown_and_what_was_taken_as_it_is(
    school, courier, clock
):
    await owes(school, clock, 2)
    await delivers(school, courier)
    (first, second) = await school.rows(select(left).order_by(left.c.id))
    gone = {"accepted_at": None, "batch": None, "message_id": None}
    await school.database.write(lambda tx: tx.execute(left.update().where(left.c.id == first.id).values(gone)))
    await school.database.write(
        lambda tx: tx.execute(notices.update().where(notices.c.id == first.notice_id).values(accepted_at=None))
    )
    school.waits(minutes=20)
    await courier.give_up_lost()
    outcomes = [row.outcome for row in await school.rows(select(left).order_by(left.c.id))]
    assert outcomes == ["unknown", None]
    assert {row.id: row.outcome for row in await school.rows(select(notices))} == {
        first.notice_id: "unknown",
        second.notice_id: None,
    }


@pytest.mark.on_both
async def test_of_ten_who_begin_one_notice_at_once_one_does(school, courier, clock, mother):
    (row,) = await school.rows(select(notices))
    now = school.now
    owed = await school.database.write(lambda tx: outbox.hold(tx, row.id))
    begun = [school.database.write(lambda tx: dispatches.begin(tx, owed, "kakao", 1650, now)) for _ in range(10)]
    assert len([each for each in await asyncio.gather(*begun) if each]) == 1


async def test_ten_couriers_send_each_once(school, organization, clock, chatting, calling):
    await owes(school, clock, 30)
    ways = {each.name: each.way for each in (chatting, calling)}
    couriers = [Courier(school.database, organization, lambda: school.now, ways) for _ in range(10)]
    await asyncio.gather(*(courier.deliver_due() for courier in couriers))
    assert sorted(address for address, _ in chatting.taken) == sorted(str(FIRST + each) for each in range(30))
    assert (calling.taken, await costs(school)) == ([], 30 * 1650)


# --- news ---


@pytest.fixture
async def readers(school, clock):
    """Three whose notice is made news; two of them agreed to it in KakaoTalk."""
    await owes(school, clock, 3)

    def work(tx):
        tx.execute(notices.update().values(rank=NEWS))
        for resident in (1, 2):
            consents.record(tx, resident, consents.KAKAO_NEWS, True, "1", "", "kakao", school.now)

    await school.database.write(work)


async def test_news_comes_in_kakaotalk_only_to_who_agreed_and_never_by_number(
    school, courier, chatting, calling, readers
):
    await delivers(school, courier)
    assert sorted(address for address, _ in chatting.taken) == [str(FIRST), str(FIRST + 1)]
    assert calling.taken == []
    rows = await school.rows(select(notices).order_by(notices.c.resident_id))
    assert [(row.outcome, row.reason) for row in rows] == [(None, None), (None, None), ("unreached", Reason.NO_ADDRESS)]


async def test_the_ceiling_stops_news_in_the_middle_and_nothing_else(school, organization, chatting, calling, readers):
    capped = replace(organization, pushes=replace(organization.pushes, monthly_ceiling=20))
    ways = {each.name: each.way for each in (chatting, calling)}
    courier = Courier(school.database, capped, lambda: school.now, ways)
    await delivers(school, courier)
    assert (len(chatting.taken), await costs(school)) == (1, 1650)
    reasons = sorted(row.reason or "" for row in await school.rows(select(notices)))
    assert reasons == ["", Reason.CEILING, Reason.NO_ADDRESS]
    undone = {"rank": 2, "outcome": None, "reason": None, "settled_at": None}
    await school.database.write(
        lambda tx: tx.execute(notices.update().where(notices.c.outcome == "unreached").values(undone))
    )
    await delivers(school, courier, minutes=1)
    assert (len(chatting.taken), await costs(school)) == (3, 3 * 1650)


@pytest.mark.on_both
async def test_ten_couriers_at_once_spend_no_more_than_the_ceiling(school, organization, clock, chatting, calling):
    await owes(school, clock, 30)

    def work(tx):
        tx.execute(notices.update().values(rank=NEWS))
        for resident in range(1, 31):
            consents.record(tx, resident, consents.KAKAO_NEWS, True, "1", "", "kakao", school.now)

    await school.database.write(work)
    capped = replace(organization, pushes=replace(organization.pushes, monthly_ceiling=100))
    ways = {each.name: each.way for each in (chatting, calling)}
    couriers = [Courier(school.database, capped, lambda: school.now, ways) for _ in range(10)]
    await asyncio.gather(*(courier.deliver_due() for courier in couriers))
    assert (len(chatting.taken), await costs(school)) == (6, 6 * 1650)


async def test_what_rests_waits_and_leaves_by_no_dearer_way(school, organization, chatting, calling, readers):
    morning = school.now + timedelta(hours=24)
    way = replace(chatting.way, rests_until=lambda is_news, at: morning if is_news and at < morning else None)
    courier = Courier(school.database, organization, lambda: school.now, {"kakao": way, "alimtalk": calling.way})
    await delivers(school, courier)
    assert (chatting.taken, calling.taken) == ([], [])
    school.now = morning
    await delivers(school, courier)
    assert len(chatting.taken) == 2


async def test_a_notice_that_goes_leaves_its_cost_and_nobodys_name(school, courier, mother):
    await delivers(school, courier)
    await school.database.write(lambda tx: tx.execute(notices.delete()))
    ((notice, cost),) = await school.rows(select(left.c.notice_id, left.c.cost))
    assert (notice, cost, await costs(school)) == (None, 1650, 1650)

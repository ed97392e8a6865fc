"""What every kind of notice keeps to, also one that is still to come: opting out covers it, and everybody knows it."""

import pytest
from sqlalchemy import select, update

from handlers.clock import notices
from handlers.dialogue import texts
from handlers.dialogue.chat import Chat
from handlers.notices.kinds import ANNOUNCED, ANNOUNCED_NEWS, KINDS, MUTABLE, Purpose
from storage.notices import outbox
from storage.people import residents
from storage.reasons import Reason
from storage.tables import outbox as table
from tests.support.clock.scenes import at
from tests.support.domain import SETTINGS
from tests.support.notices.announcing import complete, writes, writes_to_completers
from tests.support.postings.market import Market
from tests.support.surveys.poll import Office, standard

pytestmark = pytest.mark.on_sqlite

CHOSEN = [kind.name for kind in KINDS.values() if kind.purpose]
MORNINGS = ("11-24 08:30", "11-26 12:00", "11-30 08:30")  # by the last of them each of these kinds was owed once
REMINDING = ("12-05 18:00", "12-07 18:00", "12-08 08:00")


def test_every_kind_has_a_rule_and_every_rule_a_kind():
    assert set(notices.rules) == set(KINDS)


def test_what_goes_out_in_bulk_is_only_what_was_agreed_to():
    assert {kind.name for kind in KINDS.values() if kind.rank == outbox.NEWS} == set(CHOSEN)


@pytest.mark.parametrize("purpose", Purpose)
def test_what_is_agreed_to_has_words_in_both_languages(purpose):
    for language in ("ko", "en"):
        assert texts.say(language, f"consent.{purpose}.version")


async def owes(school, clock, kind, moments):
    """Let the time pass until a notice of this kind is owed; the rows of it."""
    rows = []
    for moment in moments:
        if not rows:
            school.now = at(moment)
            await clock.plans()
            rows = await of_kind(school, kind)
    assert rows, f"here nobody is ever owed {kind!r}: give these tests an occasion for it"
    return rows


async def of_kind(school, kind):
    return await school.rows(select(table).where(table.c.kind == kind))


async def owes_what_was_agreed_to(school, resident, clock, kind):
    """Somebody who agreed to everything, on the day on which something of this kind is to be told."""
    await Office(school).imports(standard(opens_at="2026-11-23 12:00", closes_at="2026-12-11 18:00"))
    await school.opens(apply_start=at("11-27 09:00"), apply_end=at("12-03 18:00"))
    await Market(school).offers({})
    someone = resident(1)
    for purpose in Purpose:
        await someone.goes_to(f"news/{purpose}/on")
    await someone.goes_to("jobs/digest")
    await someone.presses("식음료")
    await someone.goes_to(f"jobs/digest/{'weekly' if kind.endswith('weekly') else 'daily'}")
    if kind == ANNOUNCED_NEWS:
        course = await school.opens()
        await someone.registers(course)
        await complete(school, course)
        await writes_to_completers(school)
    return await owes(school, clock, kind, MORNINGS)


async def is_worth_sending(school, notice_id):
    """Whether it has words as things are now."""

    def worded(tx):
        owed = outbox.hold(tx, notice_id)
        chat = Chat(tx, residents.by_id(tx, owed.resident_id), school.now, "telegram", "1", SETTINGS.to_organization())
        return notices.word(chat, owed) is not None

    return await school.database.write(worded)


async def is_owed_once_more(school, kind):
    """As by a planner that looked before somebody opted out, and was slow to write it down."""
    again = update(table).where(table.c.kind == kind).values(outcome=None, reason=None, settled_at=None)
    await school.database.write(lambda tx: tx.execute(again))


@pytest.mark.parametrize("way", ["수신거부", "its own button"])
@pytest.mark.parametrize("kind", CHOSEN)
async def test_opting_out_stops_what_is_owed_of_every_kind_that_was_agreed_to(school, resident, clock, kind, way):
    rows = await owes_what_was_agreed_to(school, resident, clock, kind)
    assert [row.outcome for row in rows] == [None]
    assert await is_worth_sending(school, rows[0].id)
    someone = resident(1)
    await (someone.says(way) if way == "수신거부" else someone.goes_to(f"news/{KINDS[kind].purpose}/off"))
    assert [(row.outcome, row.reason) for row in await of_kind(school, kind)] == [("cancelled", Reason.OPTED_OUT)]
    await is_owed_once_more(school, kind)
    assert kind not in [row.kind for row in await sent_by(school, clock)]


@pytest.mark.on_both
@pytest.mark.parametrize("kind", MUTABLE)
async def test_switching_reminders_off_stops_what_is_owed_of_every_kind_of_them(school, resident, clock, kind):
    await resident(1).registers(await school.opens(code="T"))
    if kind == ANNOUNCED:
        await writes(school, "T")
    (row,) = await owes(school, clock, kind, REMINDING)
    assert await is_worth_sending(school, row.id)
    await resident(1).goes_to("reminders/all/off")
    assert [(row.outcome, row.reason) for row in await of_kind(school, kind)] == [("cancelled", Reason.SWITCHED_OFF)]
    await is_owed_once_more(school, kind)
    assert kind not in [row.kind for row in await sent_by(school, clock)]


async def sent_by(school, clock):
    """What has gone out once the courier has delivered all that is due."""
    await clock.ticks()
    return await school.rows(select(table).where(table.c.outcome == "sent"))

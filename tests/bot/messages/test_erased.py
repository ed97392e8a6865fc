"""What is still on its way when somebody is erased: it is answered, acts once, and brings nothing of them back."""

import asyncio

import pytest
from sqlalchemy import func, select

from bot.messages.answering import Answering
from bot.messages.incoming import Incoming
from bot.messages.inflow import Inflow
from handlers.dialogue.conversation import Said
from storage.people import reaching
from storage.people.forgetting import erasing
from storage.tables import addresses, drafts, enrollments, inbox, outbox
from storage.tables import residents as people

pytestmark = pytest.mark.filterwarnings("ignore:Please use")
YES = "다 지웠어요"


async def counts(school, *tables):
    return [(await school.rows(select(func.count()).select_from(table)))[0][0] for table in tables]


@pytest.fixture
async def asked(school, visitor):
    """They have registered and stand before the second question; this is the press that erases."""
    somebody = visitor("r1", channel="telegram")
    await somebody.registers(await school.opens())
    await somebody.says("탈퇴")
    await somebody.presses("취소하고")
    yes = next(button.path for button in somebody.screen.buttons if button.path.endswith("/yes"))
    return Incoming("telegram", "the press", "r1", Said(path=yes), {"path": yes, "message_id": 7})


@pytest.mark.on_sqlite
async def test_delivered_again_it_is_answered_alike_and_nobody_is_made_of_it(school, answering, asked):
    first, second = await answering.converse(asked), await answering.converse(asked)
    assert YES in first.text
    assert first == second
    assert await counts(school, addresses, people) == [0, 1]


async def test_ten_deliveries_at_once_erase_once_and_make_nobody(school, settings, asked):
    each = [Answering(school.database, settings.to_organization(), lambda: school.now) for _ in range(10)]
    replies = await asyncio.gather(*(answering.converse(asked) for answering in each))
    assert {reply.text for reply in replies} == {replies[0].text}
    assert YES in replies[0].text
    assert await counts(school, addresses, people) == [0, 1]


@pytest.mark.on_sqlite
async def test_the_address_stays_until_the_reply_has_left_and_no_longer(school, answering, asked):
    await answering.store([asked])
    reply = await answering.answer(asked)
    owed = [(row.address, row.body) for row in await school.rows(select(inbox))]
    await answering.settle(asked, reply, has_arrived=True)
    assert owed == [("r1", {})]
    assert [row.address.split()[0] for row in await school.rows(select(inbox))] == ["nobody"]
    assert await answering.store([asked]) == []


async def test_a_reply_whose_process_died_is_delivered_by_the_next_one(school, answering, asked):
    await answering.store([asked])
    await answering.answer(asked)
    school.waits(minutes=2)
    sent = []

    class Sends:
        async def deliver(self, message, reply):
            sent.append((message.address, reply.text))
            return True

    inflow = Inflow("telegram", answering, Sends())
    await inflow.recover()
    await inflow.drain(5)
    assert [(address, YES in text) for address, text in sent] == [("r1", True)]
    assert await counts(school, addresses) == [0]
    assert (await school.rows(select(inbox.c.address)))[0].address.startswith("nobody")


async def test_what_another_chat_of_theirs_was_shown_meanwhile_is_not_kept(school, answering, asked, monkeypatch):
    await second_chat(school)
    viewed = Answering._viewed

    async def slowly(self, message):
        shown = await viewed(self, message)
        await school.database.write(lambda tx: erasing.erase(tx, 1, school.now))
        return shown

    monkeypatch.setattr(Answering, "_viewed", slowly)
    reply = await answering.converse(Incoming("web", "look", "w1", Said(path="me"), {"path": "me"}))
    assert "홍길동" not in reply.text + str(reply.cards)
    assert await counts(school, addresses) == [0]
    assert "홍길동" not in str([row.reply for row in await school.rows(select(inbox.c.reply))])


@pytest.mark.on_postgres
async def test_what_waits_for_their_lock_writes_nothing_for_who_is_erased_meanwhile(school, settings, asked, dawdling):
    """Ten chats of theirs each begin a form while one erases."""
    for number in range(10):
        await second_chat(school, f"w{number}")
    course = await school.opens()
    dawdling(erasing, "erase")
    each = [Answering(school.database, settings.to_organization(), lambda: school.now) for _ in range(11)]
    path = f"forms/enroll/{course}"
    begun = [Incoming("web", f"b{n}", f"w{n}", Said(path=path), {"path": path}) for n in range(10)]
    await asyncio.gather(*(one.converse(said) for one, said in zip(each, [asked, *begun], strict=True)))
    assert list(await school.rows(select(drafts.c.id).where(drafts.c.resident_id == 1))) == []


async def second_chat(school, address="w1"):
    row = {"resident_id": 1, "channel": "web", "address": address, "created_at": school.now}
    await school.database.write(lambda tx: tx.execute(addresses.insert().values(row)))


async def test_a_notice_that_is_just_being_sent_brings_nothing_back(rounds):
    await rounds.owes(3)
    pushed = rounds.courier._ways["telegram"].pusher.push

    def goes(tx):
        seats = enrollments.update().where(enrollments.c.resident_id == 1)
        tx.execute(seats.values(state="cancelled", ended_at=rounds.school.now))
        erasing.erase(tx, 1, rounds.school.now)

    async def erases_then_pushes(*given):
        await rounds.school.database.write(goes)
        return await pushed(*given)

    rounds.courier._ways["telegram"].pusher.push = erases_then_pushes
    await rounds.later()
    await rounds.duties.plan_notices()
    assert await rounds.school.database.read(lambda tx: reaching.ways_to(tx, [1], ["telegram"])) == {}
    sent = await rounds.school.rows(select(outbox.c.resident_id, outbox.c.outcome))
    assert sorted(map(tuple, sent)) == [(2, "sent"), (3, "sent")]

"""A request that is its own acknowledgement: all of it in one unit of work, or nothing."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot.messages.answering import Answering
from bot.messages.incoming import Incoming
from handlers.dialogue.conversation import Said
from storage.dialogue import inbox
from storage.tables import enrollments
from storage.tables import inbox as table
from tests.support.domain import MONDAY

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def submitting(school, visitor):
    """Everything is filled in; this submits it."""
    course = await school.opens()
    await visitor("r1").fills_in(course)
    path = f"forms/enroll/{course}/submit"
    return Incoming("web", "submit", "r1", Said(path=path), {"path": path})


async def state(school):
    """(seats, messages with this key and whether each is settled)"""
    rows = await school.rows(select(table.c.settled_at).where(table.c.key == "submit"))
    return len(await school.rows(select(enrollments.c.id))), [row.settled_at is not None for row in rows]


async def test_an_act_is_stored_done_and_settled_by_one_unit_of_work(school, answering, submitting, monkeypatch):
    units, write = [], school.database.write
    monkeypatch.setattr(school.database, "write", lambda work: units.append(work) or write(work))
    await answering.converse(submitting)
    assert (len(units), await state(school)) == (1, (1, [True]))


async def test_what_dies_before_its_end_has_not_happened_and_acts_once_when_it_comes_again(
    school, answering, submitting, monkeypatch
):
    def dies(*_):
        raise OSError("no room on the disk")

    with monkeypatch.context() as broken:
        broken.setattr(inbox, "keep", dies)
        with pytest.raises(OSError, match="no room"):
            await answering.converse(submitting)
    assert await state(school) == (0, [])
    first, second = await answering.converse(submitting), await answering.converse(submitting)
    assert first == second
    assert await state(school) == (1, [True])


@pytest.mark.on_both
async def test_ten_processes_that_get_the_same_request_act_once_and_answer_alike(school, settings, submitting):
    each = [Answering(school.database, settings.to_organization(), lambda: school.now) for _ in range(10)]
    replies = await asyncio.gather(*(answering.converse(submitting) for answering in each))
    assert len({reply.text for reply in replies}) == 1
    assert await state(school) == (1, [True])


async def test_what_was_stored_before_is_settled_with_its_reply(school, answering, submitting):
    await answering.store([submitting])
    await answering.converse(submitting)
    assert await state(school) == (1, [True])
    assert await school.database.read(inbox.count_owed) == 0


@pytest.mark.on_both
async def test_a_view_is_kept_once_with_its_first_reply(school, answering, visitor):
    message = Incoming("web", "view", "r2", Said(text="강좌"), {"text": "강좌"})
    before = await answering.converse(message)
    await school.opens(title="나중에 열린 강좌")
    assert await answering.converse(message) == before
    assert len(await school.rows(select(table.c.id).where(table.c.key == "view"))) == 1


async def test_a_view_whose_connection_is_cut_in_the_middle_is_no_bug_and_is_answered_when_it_comes_again(
    postgres, settings, monkeypatch
):
    def cut(chat, *_):
        chat.tx.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    answering = Answering(postgres, settings.to_organization(), lambda: MONDAY)
    asked = Incoming("web", "asked", "r1", Said(path="courses"), {"path": "courses"})
    with monkeypatch.context() as broken:
        broken.setattr("bot.messages.answering.respond", cut)
        with pytest.raises(DBAPIError):
            await answering.converse(asked)
    answered, shown = await answering.converse(asked), await answering.preview("web", "r2", "courses")
    assert answered.text == shown.text

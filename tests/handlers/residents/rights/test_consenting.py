"""Consents one by one: as they were given, and what ends with each."""

import pytest
from sqlalchemy import select, update

from storage.tables import consents, journal
from tests.support.counseling.centre import books

pytestmark = pytest.mark.on_sqlite


async def test_words_that_changed_since_are_said_to_have_changed(school, visitor):
    somebody = visitor("r1")
    await somebody.goes_to("news/news/on")
    await school.database.write(lambda tx: tx.execute(update(consents).values(text_hash="0", version="2025-01")))
    told = await somebody.goes_to("me/consents/news")
    assert "그때 보신 글(2025-01)은 그 뒤에 바뀌었어요" in told
    assert "새 강좌와 접수 일정" not in told


async def test_the_words_are_shown_in_the_language_in_which_they_were_read(visitor):
    somebody = visitor("r1")
    await somebody.goes_to("news/news/on")
    await somebody.says("/english")
    assert "1) 목적: 새 강좌와 접수 일정 안내" in await somebody.goes_to("me/consents/news")


async def test_a_talk_ends_with_the_consent_that_it_needs_and_that_is_told_before(centre, visitor):
    somebody = visitor("r1")
    await books(somebody)
    assert "예약하신 상담도 함께 취소돼요" in await somebody.goes_to("me/consents/counseling")
    await somebody.presses("동의 거두기")
    assert await centre.live() == []


async def test_withdrawn_once_it_is_withdrawn(school, visitor):
    somebody = visitor("r1")
    await somebody.goes_to("news/jobs/on")
    for _ in range(2):
        await somebody.goes_to("me/consents/jobs/off")
    given = [row.given for row in await school.rows(select(consents.c.given).order_by(consents.c.id))]
    assert given == [True, False]
    assert len(await school.rows(select(journal.c.id))) == 1


@pytest.mark.parametrize("purpose", ["enrollment", "abroad"])
async def test_what_is_needed_for_a_registration_ends_with_it_alone(school, visitor, purpose):
    somebody = visitor("r1", channel="telegram")
    await somebody.registers(await school.opens())
    await somebody.goes_to(f"me/consents/{purpose}/off")
    assert any(button.path == "me/erase" for button in somebody.screen.buttons)
    assert {row.given for row in await school.rows(select(consents.c.given))} == {True}


@pytest.mark.parametrize("purpose", ["enrollment", "nothing", "news"])
async def test_what_was_never_asked_is_nothing_to_see(visitor, purpose):
    somebody = visitor("r1")
    await somebody.goes_to("news/jobs/on")
    assert "답하신 적이 없어요" in await somebody.goes_to(f"me/consents/{purpose}")
    assert "답하신 적이 없어요" in await somebody.goes_to(f"me/consents/{purpose}/off")

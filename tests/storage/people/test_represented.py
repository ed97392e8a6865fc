"""An address may speak for several persons, of whom one is its own."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from storage.dialogue import inbox
from storage.people import represented, residents, strangers
from storage.people.forgetting import erasing
from storage.tables import addresses
from storage.tables import inbox as said
from storage.tables import residents as people
from tests.support.domain import MONDAY
from tests.support.people.family import daughter_at, holders

WEB = ("web", "r1")


async def count(school, table, *conditions):
    query = select(func.count()).select_from(table).where(*conditions)
    return (await school.rows(query))[0][0]


async def test_who_speaks_for_themselves_at_an_address_is_one(school, visitor):
    for address in ("r1", "r2"):
        await visitor(address).goes_to("news/news/on")
    second = {"resident_id": 2, "channel": "web", "address": "r1", "created_at": MONDAY}
    with pytest.raises(IntegrityError):
        await school.database.write(lambda tx: tx.execute(addresses.insert().values(second)))
    await school.database.write(lambda tx: tx.execute(addresses.insert().values({**second, "is_main": False})))


async def test_a_chat_is_met_once_by_many_at_a_time(school):
    def meets(tx):
        return residents.welcome(tx, *WEB, "ko", school.now).id

    met = await asyncio.gather(*(school.database.write(meets) for _ in range(12)))
    assert (len(set(met)), await count(school, addresses), await count(school, people)) == (1, 1, 1)


async def test_a_record_for_which_somebody_speaks_is_found_only_as_theirs(school, visitor):
    daughter = daughter_at(visitor())
    await daughter.registers_mother(await school.opens())
    found = await school.database.read(lambda tx: residents.find(tx, *WEB))
    assert (found.id, found.speaks_for_others) == (1, True)
    theirs = await school.database.read(lambda tx: represented.at(tx, *WEB))
    assert [each.name for each in theirs] == ["김순자"]


async def test_what_is_taken_back_of_one_is_not_of_another(school, visitor):
    """The mother has a chat of her own, too: what her daughter says in the same form here stays."""
    daughter = daughter_at(visitor())
    await daughter.registers_mother(await school.opens())
    for form in ("survey/1", "for/2/survey/1"):
        message = ("web", f"key of {form}", "r1", {"text": "답"})
        await school.database.write(lambda tx, m=message, f=form: inbox.keep(tx, m, school.now, {"text": "물음"}, f))
    await school.database.write(lambda tx: inbox.take_back(tx, 2, "survey/1", {"text": "받았어요"}))
    kept = select(said.c.form, said.c.body).where(said.c.form.like("%survey/1"))
    taken = {row.form: row.body == inbox.TAKEN_BACK for row in await school.rows(kept)}
    assert taken == {"survey/1": False, "for/2/survey/1": True}


async def test_somebody_who_was_begun_with_and_left_is_forgotten(school, visitor):
    daughter, course = daughter_at(visitor()), await school.opens()
    await daughter.registers(course)
    await daughter.goes_to(f"who/enroll/{course}/other")
    await daughter.goes_to(f"for/2/forms/enroll/{course}/leave/yes")
    later = school.now + timedelta(days=8)
    found = await school.database.read(lambda tx: strangers.find(tx, later, 10))
    assert found == [2]
    await school.database.write(lambda tx: strangers.forget(tx, found))
    assert await count(school, addresses) == 1


async def test_who_speaks_for_somebody_is_no_stranger(school, visitor):
    daughter, course = daughter_at(visitor()), await school.opens()
    await daughter.registers_mother(course)
    await school.database.write(lambda tx: tx.execute(said.delete()))
    later = school.now + timedelta(days=800)
    assert await school.database.read(lambda tx: strangers.find(tx, later, 10)) == []


async def test_after_an_erasure_the_chat_speaks_for_nobody(school, visitor):
    daughter, course = daughter_at(visitor()), await school.opens()
    await daughter.registers_mother(course)
    await school.database.write(lambda tx: erasing.erase(tx, 1, school.now))
    await daughter.goes_to("news/news/on")
    assert "김순자" not in await daughter.says("내 신청")
    assert "김순자" not in await daughter.goes_to("for/2/mine/1")
    assert await holders(school, course) == ["김순자"]


async def test_erasing_one_for_whom_a_chat_speaks_leaves_whoever_speaks(school, visitor):
    daughter, course = daughter_at(visitor()), await school.opens()
    await daughter.registers(course)
    await daughter.registers_mother(course)
    await school.database.write(lambda tx: erasing.erase(tx, 2, school.now))
    shown = await daughter.says("내 신청")
    assert "바리스타" in shown
    assert "김순자" not in shown

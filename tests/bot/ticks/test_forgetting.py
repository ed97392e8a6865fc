"""Who never became anybody is forgotten, and nobody else."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.settings import Settings
from bot.ticks.forgetting import Forgetting
from handlers.staff.desk.desk import SERVICE
from storage.audit import chain, journal
from storage.people import consents, strangers
from storage.tables import addresses, course_wishes, inbox, missed_phrases, residents
from storage.tables import journal as table


@pytest.fixture
def forgets(school):
    """The housekeeping, so many days later: how many messages, residents and addresses are left."""

    async def forget(days):
        now = school.now + timedelta(days=days)
        await Forgetting(school.database, Settings().to_organization(), lambda: now).carry_out()
        counts = [select(func.count()).select_from(table) for table in (inbox, residents, addresses)]
        return tuple([await school.database.read(lambda tx, q=q: tx.execute(q).scalar_one()) for q in counts])

    return forget


async def test_strangers_are_forgotten_after_a_week_with_all_they_said(school, visitor, forgets):
    await school.opens()
    for number in range(3):
        await visitor(f"made up {number}").goes_to("start/c1-from-POSTER")
        await visitor(f"made up {number}").says("바리스타")
    assert await forgets(6) == (6, 3, 3)
    assert await forgets(8) == (0, 0, 0)


async def test_who_holds_a_seat_agreed_or_began_to_fill_in_a_form_is_somebody(school, visitor, forgets):
    course = await school.opens()
    await visitor("seat").registers(course)
    await visitor("news").goes_to("news/news/on")
    await visitor("form").goes_to(f"forms/enroll/{course}")
    _, *left = await forgets(8)
    assert left == [3, 3]


async def test_who_came_again_this_week_stays(school, visitor, forgets):
    await visitor("r1").goes_to("start/c1-from-POSTER")
    school.waits(days=5)
    await visitor("r1").says("강좌")
    assert await forgets(4) == (1, 1, 1)


@pytest.mark.on_sqlite
async def test_who_becomes_somebody_while_strangers_are_forgotten_stays(school, visitor):
    await visitor("r1").goes_to("start/c1-from-POSTER")
    later = school.now + timedelta(days=8)
    await school.database.write(lambda tx: tx.execute(inbox.delete()))
    found = await school.database.read(lambda tx: strangers.find(tx, later, 10))
    await visitor("r1").goes_to("news/news/on")
    assert (len(found), await school.database.write(lambda tx: strangers.forget(tx, found))) == (1, 0)


@pytest.mark.on_postgres
async def test_who_is_just_agreeing_to_something_is_left_alone(school, visitor, dawdling):
    await visitor("r1").goes_to("start/c1-from-POSTER")
    await school.database.write(lambda tx: tx.execute(inbox.delete()))
    found = await school.database.read(lambda tx: strangers.find(tx, school.now + timedelta(days=8), 10))
    has_begun = dawdling(consents, "record")
    agreeing = asyncio.create_task(visitor("r1").goes_to("news/news/on"))
    await has_begun.wait()
    assert await school.database.write(lambda tx: strangers.forget(tx, found)) == 0
    assert "소식" in await agreeing


async def test_whoever_told_a_name_is_somebody(school, visitor, forgets):
    await visitor("r1").goes_to("start/c1-from-POSTER")
    await school.database.write(lambda tx: tx.execute(update(residents).values(name="홍길동")))
    assert await forgets(8) == (1, 1, 1)


async def test_who_came_this_week_stays_though_nothing_they_said_is_kept(school, visitor, forgets):
    await visitor("r1").goes_to("start/c1-from-POSTER")
    await school.database.write(lambda tx: tx.execute(inbox.delete()))
    assert await forgets(6) == (0, 1, 1)


async def test_what_still_waits_for_its_answer_is_kept(school, visitor, forgets):
    await visitor("r1").goes_to("start/c1-from-POSTER")
    await school.database.write(lambda tx: tx.execute(update(inbox).values(settled_at=None)))
    assert await forgets(8) == (1, 1, 1)


async def test_a_look_takes_little_room_and_an_answer_in_a_form_does_not_tell_its_length(school, visitor):
    course = await school.opens()
    await visitor("r1").says("도움말")
    await visitor("r1").goes_to(f"forms/enroll/{course}")
    lengths = await school.rows(select(func.length(inbox.c.body), func.length(inbox.c.reply)).order_by(inbox.c.id))
    assert [tuple(each) for each in lengths] == [(289, 545), (1057, 1057)]


async def test_what_was_not_found_is_forgotten_after_ninety_days_and_a_wish_after_a_year(school, visitor, forgets):
    await visitor().says("피아노")
    await visitor().goes_to("wish/1/yes")

    async def left(days):
        await forgets(days)
        return [len(await school.rows(select(table))) for table in (missed_phrases, course_wishes)]

    assert [await left(days) for days in (90, 91, 365, 366)] == [[1, 1], [0, 1], [0, 1], [0, 0]]


async def test_old_entries_of_who_saw_whose_data_go_once_a_day_and_the_chain_holds(school, logged):
    def entry(tx):
        return journal.add(tx, SERVICE, "look/outbox", {}, school.now)

    async def forgets(**later):
        school.waits(**later)
        settings = Settings(retention={"access_log": "365일"})
        await Forgetting(school.database, settings.to_organization(), lambda: school.now).carry_out()
        return [row.id for row in await school.rows(select(table.c.id).order_by(table.c.id))]

    await school.database.write(entry)
    await school.database.write(entry)
    assert await forgets(days=365) == [1, 2]
    assert (await forgets(days=1), await forgets(hours=1)) == ([3], [3])
    assert await school.database.read(chain.broken) is None
    _, digest = await school.database.read(chain.head)
    assert f"journal entry=3 digest={digest}" in logged.text

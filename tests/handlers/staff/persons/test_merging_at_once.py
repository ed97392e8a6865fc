"""Twenty merges while residents register, seats are offered and notices are sent: nothing is lost or doubled."""

import asyncio
from collections import Counter
from datetime import date, time

from sqlalchemy import select

from handlers.dialogue import texts
from handlers.staff.courses.classes.moving import MOVE
from handlers.staff.desk import acts
from handlers.staff.persons.merging import MERGE
from storage.dialogue import drafts as form_drafts
from storage.notices import outbox, planning
from storage.people import consents, merging, residents
from storage.seating import enrollments
from storage.tables import addresses, courses, drafts, journal
from storage.tables import enrollments as seats
from storage.tables import outbox as notices
from storage.teaching import sessions
from tests.support.clock.scenes import at

PEOPLE = range(1, 21)
LATER = {"start_date": date(2026, 12, 22), "end_date": date(2027, 1, 12), "apply_end": at("12-20 18:00")}


def first(person):
    return 2 * person - 1


def second(person):
    return 2 * person


def person_at(address):
    return (int(address) + 1) // 2


async def twenty_in_two_chats_each(school):
    """Records 1 and 2 are the first person's, 3 and 4 the second's, and so on; each with all that registering asks."""

    def work(tx):
        for number in range(1, 41):
            one = residents.welcome(tx, "telegram", f"{number}", "ko", school.now)
            known = {"name": f"사람{person_at(number)}", "birth_year": 1983, "dong": "청구동", "tie": "lives"}
            residents.describe(tx, one, **known, mobile=f"+8210{number:08}", target="none")
            for purpose in ("abroad", "enrollment"):
                version = texts.say("ko", f"consent.{purpose}.version")
                consents.record(tx, one.id, purpose, True, version, "", "telegram", school.now)

    await school.database.write(work)


async def enroll_all(school, course, held, whom=range(1, 41)):
    """So many of these have seats, and the others wait."""

    def work(tx):
        for place, number in enumerate(whom, 1):
            state = "confirmed" if place <= held else "waiting"
            assert enrollments.add(tx, course, number, state, "telegram", school.now)

    await school.database.write(work)


async def a_school_in_full_swing(school):
    """A course whose class is tomorrow, one with a line, and one that is just being registered for."""
    await twenty_in_two_chats_each(school)
    tomorrow = await school.opens(capacity=40, term="1")
    with_a_line = await school.opens(title="꽃차", capacity=20, waitlist_capacity=40, term="2", **LATER)
    registering = await school.opens(
        title="제과", capacity=10, waitlist_capacity=40, term="3", start_time=time(15), end_time=time(17), **LATER
    )
    await enroll_all(school, tomorrow, 40)
    await enroll_all(school, with_a_line, 20)
    await enroll_all(school, registering, 10, [second(person) for person in PEOPLE if person % 2 == 0])
    school.now = at("12-07 18:00")
    return tomorrow, with_a_line, registering


async def merges(school, person):
    return await school.gets(acts.perform, MERGE, {"kept": first(person), "gone": second(person)})


async def registers(resident, person, course):
    """In the chat in which they haven't yet, whatever becomes of it meanwhile."""
    chat = resident(second(person) if person % 2 else first(person))
    await chat.goes_to(f"forms/enroll/{course}")
    return await chat.submits(course)


async def ticks(clock):
    for _ in range(4):
        await clock.ticks()


async def live(school, course):
    query = select(seats).where(seats.c.course_id == course, seats.c.ended_at.is_(None))
    return await school.rows(query.order_by(seats.c.id))


async def test_of_twenty_merges_at_once_no_seat_is_lost_or_doubled_and_nothing_is_told_twice(
    school, resident, clock, dawdling
):
    tomorrow, with_a_line, registering = await a_school_in_full_swing(school)
    for module, name in ((merging, "merge"), (enrollments, "add"), (outbox, "start")):
        dawdling(module, name)
    deeds = [deed for person in PEOPLE for deed in (merges(school, person), registers(resident, person, registering))]
    await asyncio.gather(*deeds, *(ticks(clock) for _ in range(3)))
    await clock.passes(minutes=30)
    kept = [first(person) for person in PEOPLE]
    for course, capacity in ((tomorrow, 40), (with_a_line, 20), (registering, 10)):
        mine = await live(school, course)
        assert sorted(each.resident_id for each in mine) == kept
        assert sum(each.state in ("confirmed", "offered") for each in mine) == min(capacity, 20)
    told = Counter((person_at(each.address), each.text) for each in clock.post.letters if "이었어요" not in each.text)
    assert set(told.values()) == {1}
    assert len([each for each in clock.post.letters if "1회차" in each.text]) == 20
    linked = Counter(each.address for each in clock.post.letters if "이었어요" in each.text)
    assert linked == Counter({f"{number}": 1 for number in range(1, 41)})


async def test_what_is_planned_while_records_are_merged_is_owed_to_who_stays(school, clock, dawdling):
    await a_school_in_full_swing(school)
    dawdling(planning, "share")
    dawdling(merging, "merge")
    await asyncio.gather(clock.plans(), *(merges(school, person) for person in PEOPLE))
    owed = notices.c.outcome.is_(None) & notices.c.resident_id.not_in([first(person) for person in PEOPLE])
    assert await school.rows(select(notices.c.key).where(owed)) == []


async def test_a_form_that_is_filled_in_while_its_chat_is_linked_goes_on(school, resident, dawdling):
    *_, registering = await a_school_in_full_swing(school)
    new = [person for person in PEOPLE if person % 2]
    for person in new:
        await resident(second(person)).goes_to(f"forms/enroll/{registering}")
    dawdling(merging, "merge")
    done = (merges(school, person) for person in PEOPLE)
    typed = (resident(second(person)).submits(registering) for person in new)
    await asyncio.gather(*typed, *done)
    assert len(await live(school, registering)) == 20
    assert await school.rows(select(drafts)) == []
    chats = await school.rows(select(addresses.c.resident_id))
    assert {each.resident_id % 2 for each in chats} == {1}


async def test_an_act_on_a_course_that_is_undone_later_takes_no_part_of_a_merge_with_it(school, dawdling):
    await a_school_in_full_swing(school)
    (code,) = await school.rows(select(courses.c.code).where(courses.c.title == "제과"))
    for _ in range(8):
        dawdling(sessions, "move")
    move = {"code": code[0], "number": 2, "when": "2026-12-30 15:00"}
    await asyncio.gather(school.gets(acts.perform, MOVE, move), *(merges(school, person) for person in PEOPLE))
    (entry,) = await school.rows(select(journal.c.changes).where(journal.c.action == MOVE.name))
    assert "resident_id" not in str(entry.changes)


async def test_a_form_that_both_chats_fill_in_is_one_form_afterwards(school, resident, dawdling):
    await a_school_in_full_swing(school)
    other = await school.opens(title="원예", term="4", start_time=time(18), end_time=time(20), **LATER)
    for person in PEOPLE:
        await resident(second(person)).goes_to(f"forms/enroll/{other}")
    dawdling(form_drafts, "save")
    begun = (resident(first(person)).goes_to(f"forms/enroll/{other}") for person in PEOPLE)
    await asyncio.gather(*begun, *(merges(school, person) for person in PEOPLE))
    mine = await school.rows(select(drafts.c.resident_id).where(drafts.c.subject == other).order_by(drafts.c.id))
    assert sorted(row.resident_id for row in mine if row.resident_id % 2) == [first(person) for person in PEOPLE]

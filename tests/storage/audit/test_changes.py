"""Rows before and after an act, and putting them back."""

import json
from datetime import date

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from storage.audit import changes, scopes
from storage.tables import courses as course_table
from storage.tables import sessions as session_table
from storage.teaching import courses, sessions

CODE = "26-01"


async def opens(school, **differing):
    return await school.opens(code=CODE, **differing)


async def changed(school, act):
    """What an act changes in the course, as it is kept."""

    def work(tx):
        before = changes.snapshot(tx, scopes.of_courses([CODE]))
        act(tx)
        kept = changes.to_json(changes.between(before, changes.snapshot(tx, scopes.of_courses([CODE]))))
        return changes.from_json(json.loads(json.dumps(kept)))

    return await school.database.write(work)


async def undone(school, kept):
    await school.database.write(lambda tx: changes.undo(tx, kept))


async def rows(school):
    return {
        (table.name, *row)
        for table, condition in scopes.of_courses([CODE]).items()
        for row in await school.rows(select(*(c for c in table.c if c.name != "revision")).where(condition))
    }


async def drop_first(school, course):
    def drop(tx):
        courses.lock(tx, course)
        sessions.drop(tx, sessions.of_courses(tx, [course])[0], school.now)

    return await changed(school, drop)


async def test_what_was_dropped_and_renumbered_is_put_back_whole(school):
    course = await opens(school)
    before = await rows(school)
    kept = await drop_first(school, course)
    assert await rows(school) != before
    await undone(school, kept)
    assert await rows(school) == before


async def test_only_columns_that_differ_are_kept_of_a_row_that_others_point_to(school):
    course = await opens(school, title="하나")
    kept = await changed(school, lambda tx: courses.cancel(tx, course, "까닭"))
    assert [(each.table, each.before, each.after) for each in kept] == [
        ("courses", {"state": "published", "cancel_reason": ""}, {"state": "cancelled", "cancel_reason": "까닭"})
    ]


async def test_moments_days_and_times_come_back_as_they_were(school):
    course = await opens(school)
    before = await rows(school)
    shorter = {"start_time": school.time(9), "end_date": school.day(2026, 12, 22), "apply_end": school.now}
    this = update(course_table).where(course_table.c.id == course)
    kept = await changed(school, lambda tx: tx.execute(this.values(shorter)))
    await undone(school, kept)
    assert await rows(school) == before


LISTS = {"weekdays": (1, 3), "days_off": (date(2026, 12, 24), date(2026, 12, 31)), "keywords": ("커피", "카페")}
TEXTS = {"weekdays": "1,3", "days_off": "2026-12-24,2026-12-31", "keywords": "커피,카페", "priority": ""}


async def test_lists_are_kept_as_text_and_come_back_as_they_were(school):
    course = await opens(school, **LISTS)
    before = await rows(school)
    this = update(course_table).where(course_table.c.id == course)
    other = {"weekdays": (2,), "days_off": (), "keywords": ("꽃",), "priority": ("청년",)}
    kept = await changed(school, lambda tx: tx.execute(this.values(other)))
    assert [each.before for each in kept] == [TEXTS]
    assert await school.database.read(lambda tx: changes.changed_since(tx, kept)) == []
    await undone(school, kept)
    assert await rows(school) == before


async def test_lists_stand_in_the_database_as_text_with_commas(school):
    await opens(school, **LISTS)
    assert [dict(row._mapping) for row in await school.rows(text(f"SELECT {', '.join(TEXTS)} FROM courses"))] == [TEXTS]


async def test_what_others_changed_since_is_found(school):
    course = await opens(school)
    kept = await changed(school, lambda tx: courses.cancel(tx, course, "까닭"))
    assert await school.database.read(lambda tx: changes.changed_since(tx, kept)) == []
    await school.changes(course, cancel_reason="다른 까닭")
    assert await school.database.read(lambda tx: changes.changed_since(tx, kept)) == kept


async def test_what_somebody_came_to_depend_on_stays_and_nothing_is_half_undone(school, visitor):
    kept = []

    def insert(tx):
        row = tx.execute(select(course_table).limit(1)).one()._mapping
        new = {**row, "id": 900, "code": CODE}
        tx.execute(course_table.insert().values(new))

    await school.opens()
    kept = await changed(school, insert)
    await visitor("somebody").registers(900)
    with pytest.raises(IntegrityError):
        await undone(school, kept)
    assert await school.enrolled(900) == 1


async def test_a_revision_only_grows(school):
    course = await opens(school)
    later = school.now + school.days(30)

    def move(tx):
        courses.lock(tx, course)
        first = sessions.of_courses(tx, [course])[0]
        sessions.move(tx, first, (later, later + school.days(0.1)), school.now)

    await undone(school, await changed(school, move))
    revisions = await school.rows(select(session_table.c.revision).where(session_table.c.course_id == course))
    assert sorted(row.revision for row in revisions)[-1] == 2

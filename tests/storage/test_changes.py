"""Rows before and after an act, and putting them back."""

import json

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from storage import changes, courses, sessions
from storage.tables import courses as course_table
from storage.tables import enrollments, session_changes
from storage.tables import sessions as session_table


def scope(course):
    return {
        course_table: course_table.c.id == course,
        session_table: session_table.c.course_id == course,
        session_changes: session_changes.c.course_id == course,
        enrollments: enrollments.c.course_id == course,
    }


async def changed(school, course, act):
    """What an act changes in a course, as it is kept."""

    def work(tx):
        before = changes.snapshot(tx, scope(course))
        act(tx)
        kept = changes.to_json(changes.between(before, changes.snapshot(tx, scope(course))))
        return changes.from_json(json.loads(json.dumps(kept)))

    return await school.database.write(work)


async def undone(school, kept):
    await school.database.write(lambda tx: changes.undo(tx, kept))


async def rows(school, course):
    return {
        (table.name, *row)
        for table, condition in scope(course).items()
        for row in await school.rows(select(*(c for c in table.c if c.name != "revision")).where(condition))
    }


async def drop_first(school, course):
    def drop(tx):
        courses.lock(tx, course)
        sessions.drop(tx, sessions.of_courses(tx, [course])[0], school.now)

    return await changed(school, course, drop)


async def test_what_was_dropped_and_renumbered_is_put_back_whole(school):
    course = await school.opens()
    before = await rows(school, course)
    kept = await drop_first(school, course)
    assert await rows(school, course) != before
    await undone(school, kept)
    assert await rows(school, course) == before


async def test_only_columns_that_differ_are_kept_of_a_row_that_others_point_to(school):
    course = await school.opens(title="하나")
    kept = await changed(school, course, lambda tx: courses.cancel(tx, course, "까닭"))
    assert [(each.table, each.before, each.after) for each in kept] == [
        ("courses", {"state": "published", "cancel_reason": ""}, {"state": "cancelled", "cancel_reason": "까닭"})
    ]


async def test_moments_days_and_times_come_back_as_they_were(school):
    course = await school.opens()
    before = await rows(school, course)
    shorter = {"start_time": school.time(9), "end_date": school.day(2026, 12, 22), "apply_end": school.now}
    this = update(course_table).where(course_table.c.id == course)
    kept = await changed(school, course, lambda tx: tx.execute(this.values(shorter)))
    await undone(school, kept)
    assert await rows(school, course) == before


async def test_what_others_changed_since_is_found(school):
    course = await school.opens()
    kept = await changed(school, course, lambda tx: courses.cancel(tx, course, "까닭"))
    assert await school.database.read(lambda tx: changes.changed_since(tx, kept)) == []
    await school.changes(course, cancel_reason="다른 까닭")
    assert await school.database.read(lambda tx: changes.changed_since(tx, kept)) == kept


async def test_what_somebody_came_to_depend_on_stays_and_nothing_is_half_undone(school, visitor):
    kept = []

    def insert(tx):
        row = tx.execute(select(course_table).limit(1)).one()._mapping
        new = {**row, "id": 900, "code": "NEW"}
        tx.execute(course_table.insert().values(new))

    await school.opens()
    kept = await changed(school, 900, insert)
    await visitor("somebody").registers(900)
    with pytest.raises(IntegrityError):
        await undone(school, kept)
    assert await school.enrolled(900) == 1


async def test_a_revision_only_grows(school):
    course = await school.opens()
    later = school.now + school.days(30)

    def move(tx):
        courses.lock(tx, course)
        first = sessions.of_courses(tx, [course])[0]
        sessions.move(tx, first, (later, later + school.days(0.1)), school.now)

    await undone(school, await changed(school, course, move))
    revisions = await school.rows(select(session_table.c.revision).where(session_table.c.course_id == course))
    assert sorted(row.revision for row in revisions)[-1] == 2

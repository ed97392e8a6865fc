"""A class that was moved or dropped by hand stays so when the course file comes in again."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.settings import Settings
from handlers.staff.courses.sheets import importing
from handlers.staff.desk.desk import Desk
from storage.tables import session_changes
from storage.tables import sessions as table
from storage.teaching import courses, sessions
from tests.support.domain import SEOUL

pytestmark = pytest.mark.on_sqlite

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


async def imported(database, rows):
    desk = Desk(Settings().to_organization(), NOW)
    return await database.write(lambda tx: importing.import_courses(tx, desk, rows))


async def by_hand(database, deed):
    def work(tx):
        course = courses.by_code(tx, ["26-01"])["26-01"]
        courses.lock(tx, course.id)
        deed(tx, sessions.of_courses(tx, [course.id])[1])

    await database.write(work)


def move(tx, session):
    day = datetime(2026, 12, 10, 10, tzinfo=SEOUL)
    sessions.move(tx, session, (day, day.replace(hour=13)), NOW)


def drop(tx, session):
    sessions.drop(tx, session, NOW)


async def days(database):
    found = await database.read(
        lambda tx: list(tx.execute(select(table.c.starts_at).order_by(table.c.number)).scalars())
    )
    return [at.astimezone(SEOUL).day for at in found]


@pytest.mark.parametrize(("deed", "left"), [(move, [1, 10, 15, 22, 29]), (drop, [1, 15, 22, 29])])
async def test_the_same_file_again_leaves_what_was_changed_by_hand(database, rows, deed, left):
    await imported(database, rows())
    await by_hand(database, deed)
    report = await imported(database, rows())
    assert (report.same, report.changed) == (1, 0)
    assert await days(database) == left


@pytest.mark.parametrize(("deed", "left"), [(move, [1, 10, 15, 22, 29]), (drop, [1, 15, 22, 29])])
async def test_a_row_that_changes_in_something_else_leaves_the_class_too(database, rows, deed, left):
    await imported(database, rows())
    await by_hand(database, deed)
    report = await imported(database, rows({"장소": "실습실 B"}))
    assert report.changed == 1
    assert await days(database) == left


@pytest.mark.on_both
async def test_a_row_that_moves_all_classes_moves_those_too_that_were_moved_by_hand(database, rows):
    await imported(database, rows())
    await by_hand(database, move)
    await imported(database, rows({"요일": "수", "시작일": "2026-12-02", "종료일": "2026-12-30"}))
    assert await days(database) == [2, 9, 16, 23, 30]


async def test_a_changed_file_tells_of_each_moved_class_once(database, rows):
    await imported(database, rows())
    for _ in range(2):
        await imported(database, rows({"시작시간": "오후 2시", "종료시간": "17:00"}))
    changes = await database.read(lambda tx: tx.execute(select(session_changes)).all())
    assert len(changes) == 5


async def test_a_course_that_was_closed_is_not_opened_by_its_file(database, rows):
    await imported(database, rows())
    await database.write(lambda tx: courses.cancel(tx, courses.by_code(tx, ["26-01"])["26-01"].id, "신청 인원 부족"))
    refused = await imported(database, rows({"상태": "공개"}, {"과정번호": "26-02"}))
    assert "폐강한 과정입니다" in str(refused.problems[0])
    assert (await imported(database, rows({"상태": ""}))).same == 1
    known = await database.read(lambda tx: courses.by_code(tx, ["26-01", "26-02"]))
    assert [(code, course.state) for code, course in known.items()] == [("26-01", "cancelled")]

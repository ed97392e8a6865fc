"""Attendance as an officer enters it: one sign a class, in their order."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from handlers.attendance.entering import Said, enter
from storage import sessions
from storage.database import Transaction
from storage.states import Mark
from storage.tables import enrollments
from storage.tables import sessions as table
from tests.support.domain import School

SIGNS: dict[str, Mark] = {"출": "present", "지": "late", "조": "left_early", "결": "absent", "인": "excused"}


async def marks(school: School, course: int, enrollment: int, said: str) -> None:
    """“출결인-” marks three classes and leaves one as it is."""

    def work(tx: Transaction) -> None:
        meetings = sessions.of_courses(tx, [course])
        for each, sign in zip(meetings, said, strict=False):
            if sign in SIGNS:
                at = each.starts_at
                enter(tx, Said(each.id, enrollment, SIGNS[sign], "desk", at, "담당자", "정정"), school.now)

    await school.database.write(work)


async def has_classes(school: School, course: int, count: int) -> None:
    """So many, one a day as far as that goes, the last of which is over by now."""
    step = timedelta(days=1) if count < 50 else timedelta(minutes=50)
    first = school.now - step * count - timedelta(days=1)
    rows = [
        {"course_id": course, "number": number, "starts_at": at, "ends_at": at + timedelta(minutes=50)}
        for number in range(1, count + 1)
        for at in [first + step * number]
    ]

    def work(tx: Transaction) -> None:
        tx.execute(delete(table).where(table.c.course_id == course))
        tx.execute(table.insert(), rows)

    await school.database.write(work)


async def states(school: School, course: int) -> Sequence[str]:
    these = enrollments.c.course_id == course
    return [row.state for row in await school.rows(select(enrollments.c.state).where(these).order_by(enrollments.c.id))]

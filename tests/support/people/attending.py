"""Classes that somebody came to or didn't, as officers mark them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from handlers.attendance.entering import Said, enter
from storage.database import Transaction
from storage.states import Mark
from storage.tables import attendance, enrollments, sessions
from storage.teaching import sessions as meetings
from tests.support.domain import School

SIGNS: dict[str, Mark] = {"출": "present", "지": "late", "조": "left_early", "결": "absent", "인": "excused"}


async def classes(school: School, course: int) -> list[int]:
    """Ids of the classes of a course, in their order."""
    query = select(sessions.c.id).where(sessions.c.course_id == course).order_by(sessions.c.starts_at)
    return [row.id for row in await school.rows(query)]


async def marks(school: School, course: int, enrollment: int, said: str) -> None:
    """“출결인-” marks three classes and leaves one as it is."""

    def work(tx: Transaction) -> None:
        there = meetings.of_courses(tx, [course])
        for each, sign in zip(there, said, strict=False):
            if sign in SIGNS:
                at = each.starts_at
                enter(tx, Said(each.id, enrollment, SIGNS[sign], "desk", at, "담당자", "정정"), school.now)

    await school.database.write(work)


async def says(school: School, session_id: int, enrollment: int, mark: Mark) -> None:
    said = Said(session_id, enrollment, mark, "desk", school.now, entered_by="담당")
    await school.database.write(lambda tx: enter(tx, said, school.now))


async def told_ahead(school: School, enrollment: int) -> list[tuple[str, str]]:
    """What somebody said beforehand, class by class, and how it stands."""
    query = select(attendance.c.mark, attendance.c.standing).where(attendance.c.enrollment_id == enrollment)
    rows = await school.rows(
        query.where(attendance.c.way == "ahead").order_by(attendance.c.session_id, attendance.c.id)
    )
    return [(row.mark, row.standing) for row in rows]


async def after_class(school: School, course: int, number: int) -> None:
    """An hour after that class has ended, in the day."""
    query = select(sessions.c.ends_at).where(sessions.c.course_id == course, sessions.c.number == number)
    school.now = (await school.rows(query))[0].ends_at + timedelta(hours=1)


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
        tx.execute(delete(sessions).where(sessions.c.course_id == course))
        tx.execute(sessions.insert(), rows)

    await school.database.write(work)


async def states(school: School, course: int) -> Sequence[str]:
    these = enrollments.c.course_id == course
    return [row.state for row in await school.rows(select(enrollments.c.state).where(these).order_by(enrollments.c.id))]

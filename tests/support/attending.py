"""Classes that somebody came to or didn't, as officers mark them."""

from datetime import timedelta

from sqlalchemy import select

from handlers.attendance.entering import Said, enter
from storage.states import Mark
from storage.tables import attendance, sessions
from tests.support.domain import School


async def classes(school: School, course: int) -> list[int]:
    """Ids of the classes of a course, in their order."""
    query = select(sessions.c.id).where(sessions.c.course_id == course).order_by(sessions.c.starts_at)
    return [row.id for row in await school.rows(query)]


async def marks(school: School, course: int, enrollment: int, *given: Mark | None) -> None:
    """An officer says it of the first class, the second and so on; None leaves one out. It is after them by then."""
    there = await classes(school, course)
    for session_id, mark in zip(there, given, strict=False):
        if mark:
            await says(school, session_id, enrollment, mark)


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

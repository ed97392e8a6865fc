"""What the tests of the clock have in common: moments, a resident before their class, and what officers change."""

from datetime import datetime, timedelta

from storage.seating import enrollments
from storage.teaching import courses, sessions
from tests.support.domain import SEOUL


def at(moment: str) -> datetime:
    """ "11-25 09:00" of the year in which these tests play."""
    return datetime.strptime(f"2026-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=SEOUL)


async def attends(school, resident, clock):
    """A course with one resident, a minute before they are reminded of its first class; and their enrollment."""
    course = await school.opens()
    await resident(1).registers(course)
    school.now = at("12-07 17:59")
    assert len(await clock.ticks()) == 1
    return course, (await school.live(course))[0]


async def change(school, course, deed):
    """An officer changes the second class by `deed(tx, session)`."""

    def work(tx):
        courses.lock(tx, course)
        return deed(tx, sessions.of_courses(tx, [course])[1])

    await school.database.write(work)


def moved(school, **by):
    gap = timedelta(**by)
    return lambda tx, session: sessions.move(tx, session, (session.starts_at + gap, session.ends_at + gap), school.now)


async def decides(school, enrollment, state, **differing):
    await school.database.write(lambda tx: enrollments.decide(tx, [enrollment], state, school.now, **differing))

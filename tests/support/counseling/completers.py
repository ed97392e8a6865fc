"""Residents who completed a course: whom follow-up questions go to, and who may teach."""

from datetime import datetime

from storage.people import residents
from storage.people.finding import persons
from storage.seating import enrollments
from tests.support.domain import SEOUL


def at(moment):
    return datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=SEOUL)


async def completes(school, resident, moment, course=None, state="completed", name="홍길동", proven=True):
    """This resident, who has a name and a number, completed a course at a moment; the number of their enrollment."""
    course = course or await school.opens()
    await resident.says("메뉴")

    def work(tx):
        known = residents.welcome(tx, resident.channel, resident.address, "ko", school.now)
        residents.describe(tx, known, name=name, mobile="+821000000001", birth_year=1983)
        persons.prove(tx, known.id, "+821000000001" if proven else None)
        mine = enrollments.add(tx, course, known.id, "confirmed", "web", moment)
        enrollments.decide(tx, [mine.id], state, moment, ended_at=moment)
        return mine.id

    return await school.database.write(work)

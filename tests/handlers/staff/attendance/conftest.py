"""A class of three, at ten on a Tuesday, and what is said of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from handlers.attendance.entering import Said, enter
from handlers.staff.attendance import marking
from handlers.staff.desk import acts
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from storage.attendance import entries
from storage.audit.journal import Officer
from storage.teaching import sessions
from storage.teaching.sessions import Session
from tests.support.domain import SETTINGS, School


@dataclass
class Class:
    """The first class of a course, ten minutes after it has begun; `seats` are its applications."""

    school: School
    course: int
    seats: list[int]
    meetings: list[Session]

    @property
    def first(self) -> Session:
        return self.meetings[0]

    async def does(self, act: acts.Act, officer: str = "김 주무관", **words: Any) -> Told:
        desk = Desk(SETTINGS.to_organization(), self.school.now, Officer(officer, "here"))
        args = {"code": "T", **words}
        return await self.school.database.write(lambda tx: acts.perform(tx, desk, act, args))

    async def marks(self, number: int = 1, **words: Any) -> Told:
        return await self.does(marking.MARK, number=number, **words)

    async def is_told(self, seat: int, mark: str, way: str, **words: Any) -> str:
        said = Said(self.first.id, seat, mark, way, self.school.now, **words)
        return await self.school.database.write(lambda tx: enter(tx, said, self.school.now))

    async def cell(self, seat: int, number: int = 1) -> list[tuple[str, str]]:
        session = self.meetings[number - 1]
        found = await self.school.database.read(lambda tx: entries.of_cell(tx, session.id, seat))
        return [(each.mark, each.standing) for each in found]

    async def counting(self, number: int = 1) -> list[str]:
        """What counts of each, in the order of their applications; "" where nothing does."""
        cells = [await self.cell(seat, number) for seat in self.seats]
        return [next((mark for mark, standing in cell if standing == "counts"), "") for cell in cells]


@pytest.fixture
async def tuesday(school, resident):
    course = await school.opens(code="T", minimum=1)
    for number, name in enumerate(("김하나", "이두리", "박세나"), 1):
        await resident(number).registers(course, name=name, mobile=f"010-0000-{number:04}")
    found = await school.database.read(lambda tx: sessions.of_courses(tx, [course]))
    school.now = found[0].starts_at + timedelta(minutes=10)
    return Class(school, course, await school.live(course), found)

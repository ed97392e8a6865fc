"""Certificates in tests: a course that people completed, and what officers do with certificates at the desk."""

from functools import partial
from typing import Any

from sqlalchemy import select, update

from handlers.residents.completed import printed
from handlers.residents.completed.printed import Facts
from handlers.staff.certificates import issuing
from handlers.staff.courses.completion import completing
from handlers.staff.desk import acts, undoing
from handlers.staff.desk.acts import Act
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from storage.audit import journal
from storage.completion import certificates
from storage.completion.certificates import Certificate
from storage.tables import enrollments, residents
from tests.support.domain import COURSE, MONDAY, SETTINGS, School, Visitor

COURSE_FACTS = Facts(
    (
        ("과정명", COURSE["title"]),
        ("관련 자격", COURSE["certificate"]),
        ("교육기간", "2026년 12월 8일 ~ 2026년 12월 29일"),
        ("교육시간", "총 12시간 (수업 4회)"),
        ("출석", "4회 가운데 4회"),
        ("교육기관", "중구 평생학습팀"),
    ),
    "위 사람은 우리 구에서 운영한 위 과정을 성실히 이수하여 수료 기준을 충족하였으므로 이 증서를 수여합니다.",
    "2026년 12월 30일",
    "서울특별시 중구청장",
)


def sheet(name: str = "홍길동", seal: str = "", **facts: str) -> dict[str, Any]:
    """One to print; `facts` replace lines by their names, with the spaces left out."""
    lines = tuple((title, facts.get(title.replace(" ", ""), value)) for title, value in COURSE_FACTS.lines)
    told = Facts(lines, COURSE_FACTS.sentence, COURSE_FACTS.issued_on, facts.get("issuer", COURSE_FACTS.issuer))
    given = Certificate(1, 1, "2026-000123", "a1" * 16, name, told.to_json(), MONDAY, "담당", None, "", None)
    return {**printed.sheet(SETTINGS.to_organization(), given), "seal": seal}


class Graduation:
    """A course with people who completed it."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.course = 0
        self.code = "T1"

    async def of(self, *people: Visitor, **differing: Any) -> None:
        """Each registers; the course ends; all complete it."""
        self.course = await self.school.opens(**{"code": self.code, "term_limit": 0, **differing})
        for number, each in enumerate(people, 1):
            await each.registers(self.course, mobile=f"010-0000-{number:04}")
        self.school.waits(days=40)
        await self.does(completing.COMPLETE, code=self.code, numbers=[], completed=False)

    async def calls(self, number: int, name: str) -> None:
        """Somebody of another name; `number` is that of their record."""
        this = update(residents).where(residents.c.id == number).values(name=name)
        await self.school.database.write(lambda tx: tx.execute(this))

    async def does(self, act: Act, **words: Any) -> Told:
        desk = Desk(SETTINGS.to_organization(), self.school.now)
        return await self.school.database.write(lambda tx: acts.perform(tx, desk, act, words, again=True))

    async def issues(self, **words: Any) -> Told:
        return await self.does(issuing.ISSUE, code=self.code, **words)

    async def undoes(self, action: str) -> Told:
        """The newest act of this name."""
        desk = Desk(SETTINGS.to_organization(), self.school.now)

        def undo(tx: Any) -> Told:
            entry = next(each for each in journal.recent(tx, 20) if each.action == action)
            return undoing.undo(tx, desk, entry.id)

        return await self.school.database.write(undo)

    async def all(self) -> list[Certificate]:
        return await self.school.database.read(partial(certificates.of_course, course_id=self.course))

    async def standing(self) -> list[tuple[str, bool]]:
        return [(each.number, each.is_valid) for each in await self.all()]

    async def owner(self, number: str) -> int:
        found = select(enrollments.c.resident_id).where(enrollments.c.id == (await self.one(number)).enrollment_id)
        return int((await self.school.rows(found))[0][0])

    async def one(self, number: str) -> Certificate:
        return next(each for each in await self.all() if each.number == number)

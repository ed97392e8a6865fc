"""A daughter who registers her mother in her own chat."""

from sqlalchemy import select

from storage.people import residents as people
from storage.tables import enrollments, residents
from tests.support.domain import School, Visitor

MOTHER = {"dong": "청구동", "name": "김순자", "birth_year": "1955", "mobile": "010-0000-0002"}


class Daughter(Visitor):
    """Fills in forms for her mother, too."""

    async def begins_for_another(self, course_id: int) -> str:
        """Her mother's form up to its first question."""
        shown = await self.goes_to(f"who/enroll/{course_id}/other")
        while "그분의 동의를 받으셨나요" in shown:
            shown = await self.presses("네, 동의하셨어요")
        return shown

    async def registers_mother(self, course_id: int, **differing: str) -> str:
        await self.begins_for_another(course_id)
        for answer in {**MOTHER, **differing}.values():
            await self.says(answer)
        return await self.presses("이대로 신청하기")

    async def leaves(self, school: School) -> None:
        """The shared computer at which she sits."""
        await school.database.write(lambda tx: people.leave(tx, self.channel, self.address))


def daughter_at(visitor: Visitor) -> Daughter:
    return Daughter(visitor._answering, visitor.channel, visitor.address, visitor._keys)


async def holders(school: School, course_id: int) -> list[str | None]:
    """Names of those who have something in a course, in the order of arrival."""
    held = select(residents.c.name).join(enrollments).where(enrollments.c.course_id == course_id)
    live = held.where(enrollments.c.ended_at.is_(None)).order_by(enrollments.c.id)
    return [row.name for row in await school.rows(live)]

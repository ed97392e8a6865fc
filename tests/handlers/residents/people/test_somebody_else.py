"""A daughter registers her mother in her own chat: each has what is theirs, and nobody is renamed."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from storage.tables import addresses, consents, enrollments, residents
from tests.support.domain import PERSON, School, Visitor

MOTHER = {"dong": "청구동", "name": "김순자", "birth_year": "1955", "mobile": "010-0000-0002"}
FREE = {"term_limit": 0}


class Daughter(Visitor):
    """Registers her mother as well."""

    async def begins_for_another(self, course_id: int) -> str:
        shown = await self.goes_to(f"who/enroll/{course_id}/other")
        while "그분의 동의를 받으셨나요" in shown:
            shown = await self.presses("네, 동의하셨어요")
        return shown

    async def registers_mother(self, course_id: int, **differing: str) -> str:
        await self.begins_for_another(course_id)
        for answer in {**MOTHER, **differing}.values():
            await self.says(answer)
        return await self.presses("이대로 신청하기")

    async def corrects(self, what: str, to: str) -> str:
        await self.presses(f"{what} 고치기")
        return await self.says(to)


@pytest.fixture
def daughter(visitor: Callable[..., Visitor]) -> Daughter:
    known = visitor()
    known.__class__ = Daughter
    return known


async def people(school: School) -> list[str]:
    return [row.name for row in await school.rows(select(residents.c.name).order_by(residents.c.id))]


async def holders(school: School, course_id: int) -> list[str]:
    held = select(residents.c.name).join(enrollments).where(enrollments.c.course_id == course_id)
    live = held.where(enrollments.c.ended_at.is_(None)).order_by(enrollments.c.id)
    return [row.name for row in await school.rows(live)]


async def test_correcting_ones_name_to_anothers_renames_nobody(school, daughter):
    pottery, flowers = (
        await school.opens(title="도예", **FREE),
        await school.opens(title="꽃꽂이", weekdays=(3,), **FREE),
    )
    await daughter.registers(pottery)
    await daughter.goes_to(f"forms/enroll/{flowers}")
    assert "같은 분의 이름을 고치시는 건가요?" in await daughter.corrects("이름", "김순자")
    await daughter.presses("아니요, 다른 분이에요")
    assert await holders(school, pottery) == ["홍길동"]
    assert await people(school) == ["홍길동", None]

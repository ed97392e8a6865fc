"""Officers who write to a course, or to who completed one."""

from typing import Any

from sqlalchemy import select, update

from handlers.staff.desk import acts
from handlers.staff.desk.told import Told
from handlers.staff.messages import sending
from storage.tables import enrollments, outbox
from tests.support.domain import School

TEXT = "내일은 앞치마를 가져와 주세요."


async def writes(school: School, code: str, **differing: Any) -> Told:
    """To those with seats, unless told otherwise."""
    args = {"code": code, "whom": "seats", "text": TEXT, **differing}
    return await school.gets(acts.perform, sending.COURSE_MESSAGE, args)


async def writes_to_completers(school: School, **differing: Any) -> Told:
    args = {"text": "다음 학기 바리스타 1급 신청을 받아요.", **differing}
    return await school.gets(acts.perform, sending.NEWS_MESSAGE, args)


async def complete(school: School, *courses: int) -> None:
    """All in these courses have completed them."""
    these = enrollments.c.course_id.in_(courses)
    done = update(enrollments).where(these).values(state="completed", ended_at=school.now)
    await school.database.write(lambda tx: tx.execute(done))


async def owed_to(school: School, kind: str = "announcement") -> list[int]:
    """Residents to whom it still is."""
    these = (outbox.c.kind == kind, outbox.c.outcome.is_(None))
    return [
        row.resident_id for row in await school.rows(select(outbox.c.resident_id).where(*these).order_by(outbox.c.id))
    ]

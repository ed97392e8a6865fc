"""Who doesn't come by chat: somebody at the desk, whom an officer enters."""

from sqlalchemy import insert

from handlers.seating import shares
from storage.database import Transaction
from storage.seating import enrollments
from storage.states import EnrollmentState
from storage.tables import residents
from storage.teaching import courses
from tests.support.domain import School


async def comes(school: School, course_id: int, channel: str = "visit") -> EnrollmentState:
    """What somebody gets at once who comes this way, and is nobody whom we know."""

    def enter(tx: Transaction) -> EnrollmentState:
        person = tx.execute(insert(residents).values(language="ko", created_at=school.now))
        course = courses.lock(tx, course_id)
        state = shares.state_for(course, channel, school.now)
        enrollments.add(tx, course_id, person.inserted_primary_key[0], state, channel, school.now)
        return state

    return await school.database.write(enter)

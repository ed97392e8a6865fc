"""Something that was to be told to residents who can't be written to."""

from bot.duties import Duties
from bot.settings import Settings
from storage import courses, outbox
from tests.domain import School


async def owes_a_closed_course(school: School, course: int) -> None:
    await school.database.write(lambda tx: courses.cancel(tx, course, "강사 사정"))
    await Duties(school.database, Settings().house, lambda: school.now).plan_notices()
    alone = await school.database.read(lambda tx: outbox.without_a_way(tx, (), school.now, 100))
    await school.database.write(lambda tx: outbox.shelve(tx, alone, (), school.now))

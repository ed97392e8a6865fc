"""Something that was to be told to residents who can't be written to."""

from datetime import date, time

from bot.settings import Settings
from bot.ticks.duties import Duties
from storage.notices import outbox
from storage.teaching import courses
from tests.support.domain import School
from tests.support.kakao.talker import Talker


async def owes_a_closed_course(school: School, course: int) -> None:
    await school.database.write(lambda tx: courses.cancel(tx, course, "강사 사정"))
    await Duties(school.database, Settings().to_organization(), lambda: school.now).plan_notices()
    alone = await school.database.read(lambda tx: outbox.without_a_way(tx, (), school.now, 100))
    await school.database.write(lambda tx: outbox.shelve(tx, [each.id for each in alone], (), school.now))


async def loses_courses(school: School, talker: Talker, titles: list[str]) -> None:
    """They register for each; then the courses are closed, and nobody can tell them."""
    opened = [await _opens_apart(school, number, title) for number, title in enumerate(titles)]
    await talker.registers(opened[0])
    for course in opened[1:]:
        await talker.says("신청", {"path": f"forms/enroll/{course}"})
        await talker.presses("이대로 신청하기")
    for course in opened:
        await owes_a_closed_course(school, course)


async def _opens_apart(school: School, number: int, title: str) -> int:
    """At hours that no other number has."""
    evening, day = divmod(number, 7)
    hours = {"start_time": time(9 + 5 * evening), "end_time": time(11 + 5 * evening)}
    return await school.opens(title=title, start_date=date(2026, 12, 7 + day), term_limit=0, **hours)

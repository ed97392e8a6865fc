"""Who becomes the instructor of a course hears of it once, and hears the correction where it is undone later."""

from datetime import timedelta
from functools import partial

from handlers.staff.courses import instructors
from handlers.staff.desk import acts, undoing
from tests.support.counseling.completers import completes


async def assigns(school, resident, clock):
    """Somebody who completed a course teaches the next one; what undoes it."""
    number = await completes(school, resident(1), school.now - timedelta(days=9), await school.opens(code="OLD"))
    await resident(1).goes_to(f"instructors/{number}")
    await school.opens(code="T", title="핸드드립")
    await clock.ticks()
    work = partial(acts.perform, act=instructors.ASSIGN, args={"code": "T", "number": number})
    told = await school.gets(work)
    return lambda: school.gets(undoing.undo, told.steps[-1].args["entry"])


async def test_who_teaches_a_course_is_told_once_after_the_grace(school, resident, clock):
    await assigns(school, resident, clock)
    (letter,) = await clock.passes(minutes=15)
    assert letter.text.startswith("‘핸드드립’ 강좌를 맡아 주시게 되었어요.")
    assert await clock.passes(minutes=15) == []


async def test_what_is_undone_within_the_grace_is_never_heard_of(school, resident, clock):
    undo = await assigns(school, resident, clock)
    await undo()
    assert await clock.passes(minutes=30) == []


async def test_what_is_undone_later_is_corrected(school, resident, clock):
    undo = await assigns(school, resident, clock)
    await clock.passes(minutes=15)
    assert "바로잡는 안내를 보냅니다" in (await undo()).notes[0]
    (letter,) = await clock.passes(minutes=15)
    assert "강사 후보로는 그대로 적어 두었어요" in letter.text

"""For each kind of notice that may be told to a number, what has to happen until the clock tells somebody of it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import update

from handlers.staff.courses import instructors
from handlers.staff.desk import acts
from storage.counseling import appointments
from storage.notices import owing
from storage.seating import enrollments
from storage.tables import enrollments as enrollment_table
from tests.support.clock.clockwork import Clockwork
from tests.support.clock.scenes import at, change, decides, moved
from tests.support.counseling.centre import Centre, books
from tests.support.counseling.completers import completes
from tests.support.domain import School, Visitor
from tests.support.people.attending import after_class, has_classes, marks
from tests.support.surveys.poll import Office, attend, standard

Residents = Callable[[int], Visitor]
Scene = Callable[[School, Residents, Clockwork], Awaitable[Any]]
HOURLY, QUARTERLY = timedelta(hours=1), timedelta(minutes=15)


async def _seated(school: School, resident: Residents, **differing: Any) -> tuple[int, int]:
    """A course with somebody in it, and their enrollment."""
    course = await school.opens(**differing)
    await resident(1).registers(course)
    return course, (await school.live(course))[0]


async def _reminded(until: str, school: School, resident: Residents, clock: Clockwork) -> None:
    await _seated(school, resident)
    school.now = at(until) - HOURLY
    await clock.until(at(until))


async def _in_line(school: School, resident: Residents, **differing: Any) -> int:
    """A course with one seat, that the first has and the second waits for."""
    course = await school.opens(capacity=1, **differing)
    for number in (1, 2):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    return course


async def _offered(hours: int, school: School, resident: Residents, clock: Clockwork) -> None:
    course = await _in_line(school, resident)
    await resident(1).goes_to(f"mine/{(await school.live(course))[0]}/cancel/yes")
    await clock.passes(hours=hours)


async def _last_call(school: School, resident: Residents, clock: Clockwork) -> None:
    course = await _in_line(school, resident)
    school.now = at("12-07 10:00")
    await resident(1).goes_to(f"mine/{(await school.live(course))[0]}/cancel/yes")
    await clock.passes(hours=2)


async def _decided(state: str, school: School, resident: Residents, clock: Clockwork, capacity: int = 15) -> None:
    course, mine = await _seated(school, resident, selection="review")
    await school.changes(course, capacity=capacity)
    ended = {"ended_at": school.now} if state in ("not_selected", "completed") else {}
    await decides(school, mine, state, **ended)
    await clock.ticks()


async def _checked(school: School, resident: Residents, clock: Clockwork) -> None:
    _, mine = await _seated(school, resident, selection="lottery")
    doubted = update(enrollment_table).values(unchecked_since=school.now)
    await school.database.write(lambda tx: tx.execute(doubted))
    await school.database.write(lambda tx: enrollments.check(tx, [mine], school.now))
    await clock.ticks()


async def _removed(school: School, resident: Residents, clock: Clockwork) -> None:
    _, mine = await _seated(school, resident)
    await school.database.write(lambda tx: enrollments.remove(tx, [mine], "중복 신청", school.now))
    await clock.ticks()


async def _missed(percent: int, school: School, resident: Residents, clock: Clockwork) -> None:
    course, mine = await _seated(school, resident, completion_percent=percent)
    await after_class(school, course, 1)
    await clock.ticks()
    await marks(school, course, mine, "결")
    await clock.until(school.now + HOURLY, QUARTERLY)


async def _never_came(school: School, resident: Residents, clock: Clockwork) -> None:
    course, mine = await _seated(school, resident, no_show="warn")
    school.waits(days=60)
    await has_classes(school, course, 4)
    await marks(school, course, mine, "결결결결")
    await clock.ticks()
    await decides(school, mine, "not_completed", ended_at=school.now)
    await clock.passes(hours=1)


async def _teaches(school: School, resident: Residents, clock: Clockwork) -> None:
    number = await completes(school, resident(1), school.now - timedelta(days=9), await school.opens(code="OLD"))
    await resident(1).goes_to(f"instructors/{number}")
    await school.opens(code="T", title="핸드드립")
    await school.gets(partial(acts.perform, act=instructors.ASSIGN, args={"code": "T", "number": number}))
    await clock.passes(minutes=15)


async def _changed(school: School, resident: Residents, clock: Clockwork) -> None:
    course, _ = await _seated(school, resident)
    school.waits(hours=1)
    await change(school, course, moved(school, hours=2))
    await clock.passes(hours=1)


async def _closed(school: School, resident: Residents, clock: Clockwork) -> None:
    course, _ = await _seated(school, resident)
    await school.changes(course, state="cancelled", cancel_reason="강사 사정")
    await clock.passes(hours=1)


async def _corrected(kind: str, school: School, resident: Residents, clock: Clockwork) -> None:
    """As undoing an act owes it to somebody who was told."""
    if kind == "corrected_appointment":
        about = await _books(school, resident)
    else:
        course, mine = await _seated(school, resident)
        about = course if kind == "corrected_course" else mine
    until = school.now + timedelta(days=1)
    await school.database.write(lambda tx: owing.owe(tx, kind, "1", [(about, 1)], school.now, until))
    await clock.ticks()


async def _surveyed(days: int, school: School, resident: Residents, clock: Clockwork) -> None:
    await Office(school).imports(standard(opens_at="2026-12-30 09:00", closes_at="2027-01-08 18:00"))
    course = await school.opens()
    await attend(school, resident(1), course)
    school.now = at("12-29 12:00")
    await clock.passes(days=days)


async def _books(school: School, resident: Residents) -> int:
    """The first appointment of all, by its id."""
    await Centre(school).opens()
    await books(resident(1), day="11월 26일(목)")
    return 1


async def _appointed(school: School, resident: Residents, clock: Clockwork) -> None:
    await _books(school, resident)
    await clock.until(at("11-25 18:00"))


async def _appointment_decided(
    deed: Callable[..., Any], given: Sequence[Any], school: School, resident: Residents, clock: Clockwork, **named: Any
) -> None:
    await _books(school, resident)
    await clock.ticks()
    await school.database.write(lambda tx: deed(tx, 1, *given, **named, now=school.now, by_staff=True))
    await clock.ticks()


SCENES: dict[str, Scene] = {
    "first_class": partial(_reminded, "12-05 18:00"),
    "day_before": partial(_reminded, "12-07 18:00"),
    "two_hours_before": partial(_reminded, "12-08 08:00"),
    "offer": partial(_offered, 1),
    "offer_lapsing": partial(_offered, 23),
    "offer_lapsed": partial(_offered, 26),
    "last_call": _last_call,
    "confirmed": partial(_decided, "confirmed"),
    "waiting": partial(_decided, "waiting", capacity=0),
    "applied": _checked,
    "not_selected": partial(_decided, "not_selected"),
    "removed": _removed,
    "last_absence": partial(_missed, 75),
    "completion_lost": partial(_missed, 100),
    "completed": partial(_decided, "completed"),
    "no_show_warning": _never_came,
    "teaching": _teaches,
    "changed": _changed,
    "closed": _closed,
    **{f"corrected_{each}": partial(_corrected, f"corrected_{each}") for each in ("course", "enrollment")},
    "corrected_appointment": partial(_corrected, "corrected_appointment"),
    "survey": partial(_surveyed, 1),
    "survey_reminder": partial(_surveyed, 4),
    "appointment_day_before": _appointed,
    "appointment_moved": partial(_appointment_decided, appointments.move, (1, at("12-01 11:30"))),
    "appointment_cancelled": partial(_appointment_decided, appointments.cancel, (), note="상담사 사정"),
}

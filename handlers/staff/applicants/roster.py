"""The people of a course by state, each with the place in line, the way they came, and why it is so."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.staff.applicants.timeline import why
from handlers.staff.courses.outcomes import results, seats
from handlers.staff.desk import lookup
from handlers.staff.desk.desk import Desk
from handlers.staff.persons.doubts import TO_CHECK
from handlers.staff.persons.who import who
from handlers.staff.records.words import channel
from storage.database import Transaction
from storage.people import residents
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.states import EnrollmentState
from storage.teaching.course import Course

OVER: Sequence[EnrollmentState] = ("cancelled", "declined", "expired", "not_selected", "removed", "merged")
GROUPS: Mapping[str, tuple[str, Sequence[EnrollmentState]]] = {
    "seated": ("확정", ("confirmed", "completed", "not_completed")),
    "offered": ("답을 기다림", ("offered",)),
    "line": ("대기", ("waiting",)),
    "applied": ("결정 전", ("applied",)),
    "over": ("끝남", OVER),
}
"""How the roster can be narrowed, by the word in its address."""
UNCHECKED = "unchecked"
_PLACES = {state: place for place, state in enumerate(state for _, states in GROUPS.values() for state in states)}


@dataclass(frozen=True)
class Line:
    """An application in the roster, as it is shown."""

    number: int
    resident_id: int
    name: str
    birth_year: str
    mobile: str
    state: str
    applied_at: str
    came_by: str
    why: str
    is_unchecked: bool


@dataclass(frozen=True)
class Roster:
    """`counts` are how many there are of each group, whatever is shown."""

    course: Course
    seats: str
    lines: tuple[Line, ...]
    counts: Mapping[str, int]


def show(tx: Transaction, desk: Desk, code: str, group: str = "") -> Roster:
    """All that lives, in order; or one group."""
    course = lookup.course(tx, code)
    found = enrollments.of_course(tx, course.id)
    counts = Counter(name for each in found for name in _groups(each))
    shown = [each for each in found if (group in _groups(each) if group else "over" not in _groups(each))]
    return Roster(course, seats(tx, course, desk.now), _lines(tx, desk, course, shown), counts)


def _groups(one: Enrollment) -> Iterable[str]:
    yield from (name for name, (_, states) in GROUPS.items() if one.state in states)
    if one.is_unchecked:
        yield UNCHECKED


def _lines(tx: Transaction, desk: Desk, course: Course, found: Sequence[Enrollment]) -> tuple[Line, ...]:
    ordered = sorted(found, key=lambda each: (_PLACES[each.state], each.turn))
    people = residents.with_ids(tx, {each.resident_id for each in ordered})
    result = results(tx, course)
    lines = []
    for each in ordered:
        name, year, mobile = who(desk, each.resident_id, people[each.resident_id])
        state = f"{result[each.id]} ({TO_CHECK})" if each.is_unchecked else result[each.id]
        when, way = desk.moment(each.applied_at), channel(desk, each.channel)
        told = (name, year, mobile, state, when, way, why(desk, each), each.is_unchecked)
        lines.append(Line(each.id, each.resident_id, *told))
    return tuple(lines)

"""What a device keeps of a class to mark attendance without a network: names, and what is known already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import MARKS, called
from handlers.staff.persons.who import name_of
from storage.attendance import entries
from storage.attendance.entries import Entry
from storage.database import Transaction
from storage.people import residents
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.states import ATTENDED, Mark
from storage.teaching import sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session


@dataclass(frozen=True)
class Stand:
    """What was said of somebody and a class, as a device shows it; `entry` is its id."""

    entry: int
    mark: Mark
    word: str
    at: str
    who: str


@dataclass(frozen=True)
class Clash:
    """What waits for an officer beside what counts."""

    session: int
    number: int  # of the class
    enrollment: int
    waits: Stand
    stands: Stand | None


@dataclass(frozen=True)
class Person:
    enrollment: int
    name: str
    stands: Stand | None


@dataclass(frozen=True)
class Snapshot:
    course: Course
    meeting: Session
    meetings: Sequence[Session]
    people: Sequence[Person]
    clashes: Sequence[Clash]
    made_at: datetime

    @property
    def is_over(self) -> bool:
        return self.made_at >= self.meeting.ends_at


def take(tx: Transaction, desk: Desk, code: str, number: int | None = None, session_id: int | None = None) -> Snapshot:
    """Of the class with this number or id; of the one that is on or comes next where there is none. Raises Declined."""
    course = lookup.course(tx, code)
    meetings = sessions.of_courses(tx, [course.id])
    by_id = next((each for each in meetings if each.id == session_id), None)
    meeting = by_id or _meeting(desk, course, meetings, number)
    attending = [each for each in enrollments.of_course(tx, course.id) if is_in(each)]
    people = residents.with_ids(tx, {each.resident_id for each in attending})
    cells = _cells(tx, course.id)
    listed = [
        Person(
            each.id,
            name_of(desk, each.resident_id, people[each.resident_id].name),
            stand(desk, cells.get((meeting.id, each.id), ())),
        )
        for each in attending
    ]
    by_name = sorted(listed, key=lambda each: each.name)
    return Snapshot(course, meeting, meetings, by_name, clashes(tx, desk, course.id), desk.now)


def is_in(enrollment: Enrollment) -> bool:
    return enrollment.state in ATTENDED and not enrollment.is_unchecked


def stand(desk: Desk, cell: Sequence[Entry]) -> Stand | None:
    """What counts of it."""
    return next((_shown(desk, each) for each in cell if each.standing == "counts"), None)


def clashes(tx: Transaction, desk: Desk, course_id: int) -> tuple[Clash, ...]:
    """What devices said in a course otherwise than what counts, and nobody has decided yet."""
    numbers = {each.id: each.number for each in sessions.of_courses(tx, [course_id])}
    return tuple(
        Clash(session_id, numbers[session_id], enrollment_id, _shown(desk, each), stand(desk, cell))
        for (session_id, enrollment_id), cell in _cells(tx, course_id).items()
        for each in cell
        if each.standing == "open" and each.way == "device" and session_id in numbers
    )


def _cells(tx: Transaction, course_id: int) -> dict[tuple[int, int], list[Entry]]:
    found: dict[tuple[int, int], list[Entry]] = {}
    for each in entries.of_course(tx, course_id):
        found.setdefault((each.session_id, each.enrollment_id), []).append(each)
    return found


def _shown(desk: Desk, entry: Entry) -> Stand:
    who = entry.entered_by or "본인"
    return Stand(entry.id, entry.mark, MARKS[entry.mark], desk.moment(entry.marked_at), who)


def _meeting(desk: Desk, course: Course, meetings: Sequence[Session], number: int | None) -> Session:
    if not meetings:
        raise Declined(f"{called(course)}: 수업이 없습니다.")
    if number is None:
        return next((each for each in meetings if each.ends_at > desk.now), meetings[-1])
    found = next((each for each in meetings if each.number == number), None)
    if found is None:
        raise Declined(f"{called(course)}: {number}회차 수업이 없습니다.")
    return found

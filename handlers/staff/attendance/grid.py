"""The attendance of a course: its people, its classes, and what is said of each of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from handlers.attendance.counting import Tally, tally
from handlers.calendar.attending import AttendanceRules
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step
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

TAIL = 4  # digits of a number that tell two of one name apart


@dataclass(frozen=True)
class Cell:
    """What was ever said of somebody and a class. It isn't theirs if it began before they had their seat."""

    session_id: int
    enrollment_id: int
    said: tuple[Entry, ...]
    is_theirs: bool = True

    @property
    def counting(self) -> Entry | None:
        return next((each for each in self.said if each.standing == "counts"), None)

    @property
    def mark(self) -> Mark | None:
        return self.counting.mark if self.counting else None

    @property
    def waits(self) -> tuple[Entry, ...]:
        return tuple(each for each in self.said if each.standing == "open")

    @property
    def ahead(self) -> Entry | None:
        """That they told beforehand, as long as nobody has decided on it."""
        return next((each for each in self.waits if each.way == "ahead"), None)


@dataclass(frozen=True)
class Person:
    """Somebody who attends; `cells` are in the order of the classes."""

    enrollment: Enrollment
    name: str
    tally: Tally
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Meeting:
    """A class; it `is_past` from the day after it on, when a correction needs a reason."""

    session: Session
    has_begun: bool
    is_over: bool
    is_past: bool
    counts: Mapping[Mark, int]
    unmarked: int

    @property
    def number(self) -> int:
        return self.session.number


@dataclass(frozen=True)
class Grid:
    course: Course
    rules: AttendanceRules
    desk: Desk
    meetings: tuple[Meeting, ...]
    people: tuple[Person, ...]

    @property
    def now(self) -> Meeting | None:
        """The class that is to be marked first: the one that is on, or was last."""
        begun = [each for each in self.meetings if each.has_begun]
        return begun[-1] if begun else None

    def meeting(self, number: int) -> Meeting:
        return next(each for each in self.meetings if each.number == number)

    def place(self, number: int) -> int:
        """Where a class stands among a person's cells."""
        return next(at for at, each in enumerate(self.meetings) if each.number == number)


def show(tx: Transaction, desk: Desk, code: str) -> Grid:
    return of_course(tx, desk, lookup.course(tx, code))


def of_course(tx: Transaction, desk: Desk, course: Course) -> Grid:
    rules = desk.organization.attendance.of_course(course)
    meetings, seats = sessions.of_courses(tx, [course.id]), attending(tx, course.id)
    found = entries.of_course(tx, course.id)
    names = called_so(tx, desk, seats)
    people = [_person(rules, each, names[each.id], meetings, found) for each in seats]
    people.sort(key=lambda each: (each.name, each.enrollment.id))
    listed = tuple(_meeting(desk, rules, each, at, people) for at, each in enumerate(meetings))
    return Grid(course, rules, desk, listed, tuple(people))


def attending(tx: Transaction, course_id: int) -> list[Enrollment]:
    """Who has a seat or had it to the end, and counts."""
    found = enrollments.of_course(tx, course_id)
    return [each for each in found if each.state in ATTENDED and not each.is_unchecked]


def session_of(tx: Transaction, course: Course, number: int) -> Session:
    """A class by its number in the course. Raises Declined."""
    found = sessions.of_courses(tx, [course.id])
    session = next((each for each in found if each.number == number), None)
    if session is None:
        have = f"{len(found)}회차까지 있습니다" if found else "아직 수업이 없습니다"
        raise Declined(
            f"{called(course)}: {number}회차 수업이 없습니다. {have}.",
            Step("보려면", "attendance", {"course": course.code}),
        )
    return session


def has_begun(desk: Desk, rules: AttendanceRules, session: Session) -> bool:
    """From when on people are there, which is a little before the class."""
    return desk.now >= session.starts_at - timedelta(minutes=rules.open_minutes)


def is_past(desk: Desk, session: Session) -> bool:
    return desk.today > session.starts_at.astimezone(desk.organization.timezone).date()


def called_so(tx: Transaction, desk: Desk, seats: Collection[Enrollment]) -> dict[int, str]:
    """Names by enrollment; two of one name are told apart by the end of their numbers."""
    people = residents.with_ids(tx, {each.resident_id for each in seats})
    names = {each.id: name_of(desk, each.resident_id, people[each.resident_id].name) for each in seats}
    times = Counter(names.values())
    tails = {each.id: (people[each.resident_id].mobile or "")[-TAIL:] or str(each.id) for each in seats}
    return {at: f"{name} ({tails[at]})" if times[name] > 1 else name for at, name in names.items()}


def _person(
    rules: AttendanceRules, seat: Enrollment, name: str, meetings: Sequence[Session], found: Iterable[Entry]
) -> Person:
    theirs = [each for each in found if each.enrollment_id == seat.id]
    cells = tuple(
        Cell(at.id, seat.id, tuple(each for each in theirs if each.session_id == at.id), _is_theirs(seat, at))
        for at in meetings
    )
    return Person(seat, name, tally(rules, seat, meetings, theirs), cells)


def _is_theirs(seat: Enrollment, session: Session) -> bool:
    return seat.seated_at is None or session.starts_at >= seat.seated_at


def _meeting(desk: Desk, rules: AttendanceRules, session: Session, at: int, people: Sequence[Person]) -> Meeting:
    cells = [each.cells[at] for each in people]
    counts = Counter(mark for each in cells if (mark := each.mark))
    unmarked = sum(each.mark is None and each.is_theirs for each in cells)
    begun, is_over = has_begun(desk, rules, session), desk.now >= session.ends_at
    return Meeting(session, begun, is_over, is_past(desk, session), counts, unmarked)

"""Rows beside the courses that are known: what is new, what changes, and what stays."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.dialogue.organization import Organization
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.courses.sheets.reading import Planned, planned_of
from handlers.staff.files.columns import Problem
from storage.database import Transaction
from storage.seating import draws, enrollments
from storage.seating.enrollments import Enrollment
from storage.states import ATTENDED, HOLDING
from storage.teaching import changes, courses, sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session, Times


@dataclass(frozen=True)
class Known:
    """A course with its sessions in the order of time; `dropped` begin what was dropped by hand."""

    course: Course
    sessions: Sequence[Session]
    dropped: Collection[datetime]
    enrollments: Sequence[Enrollment] = ()
    is_list_fixed: bool = False

    def is_as(self, planned: Planned) -> bool:
        return self.course.bare == planned.course and self.planned == self.left_of(planned)

    @property
    def planned(self) -> list[Times]:
        """Where its file has its classes."""
        return sorted(session.planned for session in self.sessions)

    def left_of(self, planned: Planned) -> list[Times]:
        """The times of a row, but for what was dropped by hand."""
        return [times for times in planned.plan.sessions if times[0] not in self.dropped]

    @property
    def people(self) -> int:
        """How many are in it, or were to its end."""
        return len({each.resident_id for each in self.enrollments if not each.ended_at or each.state in ATTENDED})

    def is_over(self, now: datetime) -> bool:
        return bool(self.sessions) and self.sessions[-1].ends_at <= now

    def told_of(self, planned: Planned, now: datetime) -> frozenset[int]:
        """Residents who hear of it by themselves: those with a seat, as long as there is a class to come."""
        left = self.left_of(planned)
        is_coming = any(until > now for _, until in left) or not self.is_over(now)
        is_told = changes.told_fields(self.course, planned.course) or sessions.would_tell(self.sessions, left)
        if not (is_coming and is_told):
            return frozenset()
        return frozenset(each.resident_id for each in self.enrollments if not each.ended_at and each.state in HOLDING)


Pair = tuple[Known, Planned]


@dataclass(frozen=True)
class Compared:
    """`problems` are what a row says that doesn't fit what its file leaves as it is."""

    problems: tuple[Problem, ...] = ()
    new: tuple[Planned, ...] = ()
    changed: tuple[Pair, ...] = ()
    same: tuple[Planned, ...] = ()

    @property
    def wanted(self) -> tuple[Planned, ...]:
        """What is to be written."""
        return *self.new, *(one for _, one in self.changed)


def compare(tx: Transaction, planned: Sequence[Planned], here: Organization) -> Compared:
    known = _known(tx, planned)
    new = tuple(_in_state("published", one) for one in planned if one.course.code not in known)
    there: list[Pair] = []
    problems: list[Problem] = []
    for before, one in ((known[one.course.code], one) for one in planned if one.course.code in known):
        wanted, found = planned_of(one.row, _kept(before.course, one), here.timezone, here.closed_days)
        there += [(before, _in_state(before.course.state, wanted))] if wanted else []
        problems += found
    same = tuple(one for before, one in there if before.is_as(one))
    changed = tuple(_with_people(tx, [pair for pair in there if not pair[0].is_as(pair[1])]))
    return Compared(tuple(problems), new, changed, same)


def lock_changing(tx: Transaction, planned: Sequence[Planned], here: Organization) -> None:
    """Nobody takes a seat in a course between our look at its seats and our change of it."""
    # Always in the order of ids, so that two imports can't wait for each other.
    for course_id in sorted(before.course.id for before, _ in compare(tx, planned, here).changed):
        courses.lock(tx, course_id)


def _known(tx: Transaction, planned: Sequence[Planned]) -> dict[str, Known]:
    found = courses.by_code(tx, [one.course.code for one in planned])
    its: dict[int, list[Session]] = {course.id: [] for course in found.values()}
    for session in sessions.of_courses(tx, list(its)):
        its[session.course_id].append(session)
    dropped = sessions.dropped_by_hand(tx, list(its))
    return {code: Known(one, its[one.id], dropped[one.id]) for code, one in found.items()}


def _with_people(tx: Transaction, changed: Sequence[Pair]) -> Iterator[Pair]:
    for before, one in changed:
        its = enrollments.of_course(tx, before.course.id)
        is_fixed = draws.is_fixed(tx, before.course.id)
        yield replace(before, enrollments=its, is_list_fixed=is_fixed), one


def _kept(before: Course, planned: Planned) -> Course:
    """The course that a row wants, with what is known already in the columns that its file doesn't have."""
    silent = [column.field for column in COLUMNS.all if not COLUMNS.has(planned.row, column.field)]
    kept: Mapping[str, object] = {field: getattr(before, field) for field in silent}
    course = replace(planned.course, **kept)  # type: ignore[arg-type]
    if (before.weekdays, before.start_time) == (course.weekdays, course.start_time):
        return course
    return replace(course, daypart=planned.course.daypart)  # what was told or followed from other times


def _in_state(state: str, planned: Planned) -> Planned:
    """A row that says nothing of the state leaves it: a closed course isn't opened by correcting its room."""
    return planned if planned.course.state else replace(planned, course=replace(planned.course, state=state))  # type: ignore[arg-type]

"""What waits for an officer: late scans, conflicts between two devices, and what was said beforehand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from handlers.attendance.entering import Said, enter
from handlers.staff.attendance import grid, scope
from handlers.staff.attendance.grid import Grid, Person
from handlers.staff.attendance.words import WAYS, mark_of
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import MARKS, called
from handlers.staff.desk.told import Step, Told
from storage.attendance import entries
from storage.attendance.entries import Entry
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.states import Mark
from storage.teaching import sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session


@dataclass(frozen=True)
class Waiting:
    """An entry with whose it is, of which class, and what counts meanwhile; one that is early waits for its class."""

    entry: Entry
    name: str
    session: Session
    counting: Entry | None
    is_early: bool

    @property
    def choices(self) -> Sequence[Mark]:
        """As what it can be taken, first what it says."""
        return ("absent", "excused") if self.entry.way == "ahead" else (self.entry.mark,)


def waiting(found: Grid) -> list[Waiting]:
    """In the order of the classes, those that are for now before those that are early."""
    listed = [
        _waiting(found, at, person, each)
        for at in range(len(found.meetings))
        for person in found.people
        for each in person.cells[at].waits
    ]
    return sorted(listed, key=lambda each: each.is_early)


def _waiting(found: Grid, at: int, person: Person, entry: Entry) -> Waiting:
    session = found.meetings[at].session
    is_early = entry.way == "ahead" and session.starts_at > found.desk.now
    return Waiting(entry, person.name, session, person.cells[at].counting, is_early)


def said(desk: Desk, entry: Entry) -> str:
    """What was said, how and when: "지각, QR 12월 8일(화) 오전 10시 25분"."""
    who = f" {entry.entered_by}" if entry.entered_by else ""
    return f"{MARKS[entry.mark]}, {WAYS[entry.way]}{who} {desk.moment(entry.marked_at)}"


def decide(
    tx: Transaction, desk: Desk, code: str, numbers: Sequence[int], mark: str = "", dismiss: bool = False
) -> Told:
    """Let entries count, as they say or as another mark, or put them aside; all of them or none."""
    course = lookup.course(tx, code)
    found = _open(tx, course, numbers)
    taken = mark_of(mark) if mark else None
    for each in found:
        if dismiss:
            entries.put(tx, [each.id], "dismissed")
        else:
            _accept(tx, desk, each, taken or each.mark)
    done = desk.done("넘겼습니다", "넘깁니다") if dismiss else desk.done("받았습니다", "받습니다")
    return Told(f"{called(course)}: 확인할 출석 {len(found)}건을 {done}.")


def _accept(tx: Transaction, desk: Desk, entry: Entry, mark: Mark) -> None:
    """It is an officer's word from now on, with what it rests on for a reason."""
    cell = entries.of_cell(tx, entry.session_id, entry.enrollment_id)
    if not any(each.standing == "counts" and each.mark == mark for each in cell):
        reason = f"확인: {said(desk, entry)}{f', {entry.reason}' if entry.reason else ''}"
        by = desk.officer.name
        enter(tx, Said(entry.session_id, entry.enrollment_id, mark, "desk", desk.now, by, reason), desk.now)
    entries.put(tx, [entry.id], "dismissed")


def _open(tx: Transaction, course: Course, numbers: Collection[int]) -> list[Entry]:
    known = {each.id: each for each in _of_course(tx, course)}
    problems = [f"{each}: 이 과정에서 확인할 출석이 아닙니다." for each in numbers if each not in known]
    problems += [
        f"{each}: 이미 정한 출석입니다." for each in numbers if each in known and known[each].standing != "open"
    ]
    if problems or not numbers:
        how = Step("확인할 출석을 보려면", "attendance", {"course": course.code})
        raise Declined(f"{called(course)}: 고칠 곳이 있어 아무것도 바꾸지 않았습니다.", how, items=problems)
    return [known[each] for each in dict.fromkeys(numbers)]


def _of_course(tx: Transaction, course: Course) -> list[Entry]:
    """Of classes that still are and people who still attend."""
    meetings = {each.id for each in sessions.of_courses(tx, [course.id])}
    seats = {each.id for each in grid.attending(tx, course.id)}
    found = entries.of_course(tx, course.id)
    return [each for each in found if each.session_id in meetings and each.enrollment_id in seats]


def _scope(
    tx: Transaction, _: Desk, code: str, numbers: Sequence[int], **_words: object
) -> tuple[Scope, Sequence[Subject]]:
    course = lookup.course(tx, code)
    meant = [each for each in _of_course(tx, course) if each.id in numbers]
    seats = [each for each in grid.attending(tx, course.id) if each.id in {one.enrollment_id for one in meant}]
    return scope.of_cells(tx, course.id, {each.session_id for each in meant}, seats)


DECIDE = acts.add(Act("decide-attendance", "출석 확인", decide, _scope, repeats=True, before_undo=scope.lock_again))

"""Marking who came to a class: everybody but those marked already, or somebody; a correction keeps what it replaces."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from handlers.attendance.entering import Said, enter
from handlers.staff.attendance import grid, scope
from handlers.staff.desk import acts, lookup, noting, undoing
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import MARKS, called
from handlers.staff.desk.told import Step, Told
from storage.attendance import entries
from storage.audit import journal
from storage.audit.journal import Entry, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.seating.enrollments import Enrollment
from storage.states import Mark, Way
from storage.teaching import sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session

Marks = Mapping[int, Mark]  # by enrollment
BY_HAND: Sequence[Way] = ("desk", "paper")
AWAY: Sequence[Mark] = ("absent", "excused")  # what can be known before a class


class NeedsReason(Declined):
    """A correction after the day of the class, for which none was given."""


def mark(
    tx: Transaction,
    desk: Desk,
    code: str,
    number: int,
    everyone: bool = False,
    way: Way = "desk",
    why: str = "",
    meeting: int = 0,
    **marked: Sequence[int],
) -> Told:
    """Mark people of the class `number`: applications by mark, and with `everyone` who isn't marked yet as present.

    Who told beforehand that they can't come is marked so. `meeting` is the id of the class as it was shown.
    """
    course, session = _class(tx, code, number, meeting)
    seats = {each.id: each for each in grid.attending(tx, course.id)}
    wanted = _wanted(course, seats, marked)
    reason = noting.read(why, "까닭") if why else ""
    _check_time(desk, course, session, [*wanted.values(), "present"] if everyone else wanted.values())
    said = _counting(tx, course, session)
    if not reason and grid.is_past(desk, session):
        _check_reasons(course, session, wanted, said)
    unnamed = [each for each in seats.values() if everyone and each.id not in wanted]
    others, left = _others(tx, course, session, unnamed)
    for marks, word in ((wanted, reason), (others, "")):
        for each, mark in marks.items():
            enter(tx, Said(session.id, each, mark, way, desk.now, desk.officer.name, word), desk.now)
    new = [mark for each, mark in {**wanted, **others}.items() if said.get(each) != mark]
    return _told(desk, course, session, new, left)


def _class(tx: Transaction, code: str, number: int, meeting: int) -> tuple[Course, Session]:
    course = lookup.course(tx, code)
    if course.state == "cancelled":
        raise Declined(f"{called(course)}: 폐강한 과정입니다.")
    session = grid.session_of(tx, course, number)
    if meeting and session.id != meeting:
        raise Declined(f"{called(course)}: 그 사이에 수업 순서가 바뀌었습니다. 화면을 새로 열어 주세요.")
    return course, session


def _wanted(course: Course, seats: Mapping[int, Enrollment], marked: Mapping[str, Sequence[int]]) -> dict[int, Mark]:
    listed = [(number, cast(Mark, name)) for name, numbers in marked.items() for number in numbers]
    times = Counter(number for number, _ in listed)
    problems = [f"신청 {number}: 이 과정의 수강생이 아닙니다." for number in times if number not in seats]
    problems += [f"신청 {number}: 두 번 적으셨습니다." for number, count in times.items() if count > 1]
    if problems:
        how = Step("수강생을 보려면", "attendance", {"course": course.code})
        raise Declined(f"{called(course)}: 고칠 곳이 있어 아무것도 적지 않았습니다.", how, items=problems)
    return dict(listed)


def _check_time(desk: Desk, course: Course, session: Session, wanted: Iterable[Mark]) -> None:
    rules = desk.organization.attendance.of_course(course)
    if not grid.has_begun(desk, rules, session) and not set(wanted) <= set(AWAY):
        raise Declined(
            f"{called(course)} {session.number}회차: {desk.moment(session.starts_at)}에 시작하는 수업이라 "
            "아직 적을 수 없습니다. 결석과 인정결석은 미리 적을 수 있습니다."
        )


def _counting(tx: Transaction, course: Course, session: Session) -> dict[int, Mark]:
    found = entries.of_course(tx, course.id)
    return {
        each.enrollment_id: each.mark for each in found if each.session_id == session.id and each.standing == "counts"
    }


def _check_reasons(course: Course, session: Session, wanted: Marks, said: Marks) -> None:
    corrected = [each for each, mark in wanted.items() if said.get(each, mark) != mark]
    if corrected:
        where = f"{called(course)} {session.number}회차"
        raise NeedsReason(f"{where}: 수업 날이 지났습니다. 고치는 까닭을 적어 주세요. 앞의 표시도 함께 남습니다.")


def _others(
    tx: Transaction, course: Course, session: Session, seats: Iterable[Enrollment]
) -> tuple[dict[int, Mark], int]:
    """Who isn't marked yet, and how many are left to be looked at; who got a seat after the class is neither."""
    said = [each for each in entries.of_course(tx, course.id) if each.session_id == session.id]
    found: dict[int, Mark] = {}
    left = 0
    for seat in (each for each in seats if not each.seated_at or each.seated_at < session.ends_at):
        standing = [each for each in said if each.enrollment_id == seat.id and each.standing in ("counts", "open")]
        if any(each.standing == "counts" for each in standing):
            continue
        ahead = next((each for each in standing if each.way == "ahead"), None)
        if standing and ahead is None:
            left += 1
        else:
            found[seat.id] = ahead.mark if ahead else "present"
    return found, left


def _told(desk: Desk, course: Course, session: Session, new: Sequence[Mark], left: int) -> Told:
    counts = Counter(new)
    where = f"{called(course)} {session.number}회차"
    facts = (f"따로 확인할 {left}명은 그대로 두었습니다.",) if left else ()
    if not new:
        return Told(f"{where}: 바뀐 것이 없습니다.", facts)
    listed = ", ".join(f"{word} {counts[name]}명" for name, word in MARKS.items() if counts[name])
    return Told(f"{where}: {listed}을 {desk.done('적었습니다', '적습니다')}.", facts)


def _scope(
    tx: Transaction, _: Desk, code: str, number: int, everyone: bool = False, meeting: int = 0, **words: object
) -> tuple[Scope, Sequence[Subject]]:
    course, session = _class(tx, code, number, meeting)
    named = {each for name in MARKS for each in cast(Sequence[int], words.get(name, ()))}
    seats = grid.attending(tx, course.id)
    return scope.of_cells(tx, course.id, [session.id], [each for each in seats if everyone or each.id in named])


def undo(tx: Transaction, desk: Desk, code: str, entry: int, only_own: bool) -> Told:
    """Undo what was marked or decided in this course; with `only_own` what this officer did alone."""
    found = journal.find(tx, entry)
    if found is None or not is_of(tx, found, lookup.course(tx, code).id):
        raise Declined("이 강좌의 출석에서 한 일이 아니라 여기에서는 되돌릴 수 없습니다.")
    if only_own and found.officer.name != desk.officer.name:
        raise Declined(f"{found.officer.name} 님이 적은 것이라 되돌릴 수 없습니다. 다시 적어 주세요.")
    return undoing.undo(tx, desk, entry)


def is_of(tx: Transaction, entry: Entry, course_id: int) -> bool:
    """Whether all that an act marked is of this course."""
    theirs = {each.id for each in sessions.of_courses(tx, [course_id])}
    marked = {each.session_id for each in scope.touched(tx, entry)}
    return entry.action in OF_ATTENDANCE and bool(marked) and marked <= theirs


OF_ATTENDANCE = ("mark-attendance", "decide-attendance")
MARK = acts.add(Act("mark-attendance", "출석 적기", mark, _scope, repeats=True, before_undo=scope.lock_again))

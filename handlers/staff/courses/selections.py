"""Choosing among the applications of a course that officers select for."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.dialogue import texts
from handlers.seating import lottery
from handlers.staff.courses.outcomes import named, outcome, seats
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import SELECTIONS, called
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.persons import alike
from handlers.staff.persons.who import WHO, who
from storage.database import Transaction
from storage.people import residents
from storage.people.residents import Resident
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.states import BY_OFFICERS
from storage.teaching.course import Course

OTHERS = "그 밖"
COLUMNS = ("순서", "신청번호", "묶음", *WHO, "신청한 때", "사는 곳")


@dataclass(frozen=True)
class Applicant:
    """An undecided application; `group` is the word for the group that it belongs to."""

    enrollment: Enrollment
    group: str
    resident: Resident


def candidates(tx: Transaction, course: Course) -> list[Applicant]:
    """Undecided applications in the order suggested: by group, then by arrival; not those still to be looked at."""
    groups = [*course.priority, OTHERS]
    found = sorted(lottery.applicants(tx, course), key=lambda one: (one[1], one[0].id))
    people = residents.with_ids(tx, {each.resident_id for each, _ in found})
    return [Applicant(each, groups[place], people[each.resident_id]) for each, place in found]


def show(tx: Transaction, desk: Desk, code: str) -> Told:
    """The undecided applications of a course, or once they are decided what became of them, for an officer."""
    course = lookup.course(tx, code)
    _check_is_selected(course)
    found = candidates(tx, course)
    over = desk.now > course.apply_end
    closes = f"접수는 {desk.moment(course.apply_end)}에 {'끝났습니다' if over else '끝납니다'}."
    counts = f"빈자리 {course.free}개, 결정할 신청 {len(found)}명"
    title = f"{called(course)}: {SELECTIONS[course.selection]}, {counts}. {closes}"
    if not found:
        return _decided(tx, desk, course, title)
    rows = tuple(_row(desk, place, each) for place, each in enumerate(found, 1))
    chosen = [each.enrollment.id for each in found[: course.free]]
    how = Step("이 순서대로 뽑으려면", "select", {"course": course.code, "accept": chosen})
    return Told(
        title,
        tables=(Table(rows, COLUMNS),),
        notes=alike.notes(tx, [each.enrollment for each in found]),
        steps=(how,) if over and chosen else (),
    )


def _decided(tx: Transaction, desk: Desk, course: Course, title: str) -> Told:
    found = [each for each in enrollments.of_course(tx, course.id) if not each.ended_at or each.decided_at]
    return Told(title, (seats(tx, course, desk.now),), tables=named(tx, desk, course, found, everybody=True))


def _row(desk: Desk, place: int, one: Applicant) -> tuple[str, ...]:
    dong = one.resident.dong or "-"
    lives = texts.say("ko", "dong.elsewhere", **desk.organization.named_in("ko")) if dong == "elsewhere" else dong
    told = (one.group, *who(desk, one.resident.id, one.resident))
    return f"{place}.", str(one.enrollment.id), *told, desk.moment(one.enrollment.applied_at), lives


def accept(tx: Transaction, desk: Desk, code: str, numbers: Sequence[int]) -> Told:
    """Seats to these applications, places in line to the rest as suggested; once a course."""
    course = lookup.locked(tx, code)
    _check_is_selected(course)
    if desk.now <= course.apply_end:
        closes = desk.moment(course.apply_end)
        raise Declined(f"{called(course)}: 아직 접수하고 있습니다. {closes}에 접수가 끝난 뒤에 선발해 주세요.")
    _check_is_first(tx, course)
    lookup.check_all_are_checked(tx, course)
    suggested = [each.enrollment.id for each in candidates(tx, course)]
    listed = Step("번호를 보려면", "select", {"course": course.code, "list": True})
    lookup.check_numbers(tx, course, numbers, suggested, listed)
    if len(numbers) > course.free:
        raise Declined(f"{called(course)}: 빈자리는 {course.free}개인데 {len(numbers)}명을 적으셨습니다. 줄여 주세요.")
    rest = [number for number in suggested if number not in numbers]
    lottery.give(tx, desk.organization, course, [*numbers, *rest], len(numbers), desk.now)
    title = f"{called(course)}: {desk.done('선발했습니다', '선발합니다')}."
    return outcome(tx, desk, course, suggested, title, _left(course, numbers, rest))


def _check_is_selected(course: Course) -> None:
    if course.selection in BY_OFFICERS:
        return
    message = f"{called(course)}: ‘{SELECTIONS[course.selection]}’ 과정입니다."
    if course.selection == "lottery":
        raise Declined(message, Step("추첨하려면", "draw", {"course": course.code}))
    raise Declined(f"{message} 신청한 순서대로 자리를 줍니다.")


def _check_is_first(tx: Transaction, course: Course) -> None:
    if any(each.rank for each in enrollments.of_course(tx, course.id)):
        raise Declined(f"{called(course)}: 이미 선발했습니다. 자리가 나면 대기 순서대로 저절로 제안합니다.")


def _left(course: Course, numbers: Sequence[int], rest: Sequence[int]) -> tuple[str, ...]:
    left = course.free - len(numbers)
    return (f"빈자리가 {left}개 남아 대기하는 분께 차례대로 제안합니다.",) if left and rest else ()


RESULTS = ("confirmed", "offer", "waiting", "not_selected")
SELECT = acts.add(Act("select", "선발", accept, of_course, RESULTS))

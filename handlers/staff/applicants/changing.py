"""What officers do to an application with a reason: cancel, restore, move it up the line, or one seat more for it."""

from collections.abc import Sequence

from handlers.seating import offers
from handlers.staff.applicants.registering import is_decided
from handlers.staff.courses.outcomes import named, seats
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES, called
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import NOBODY, Table, Told
from handlers.staff.files.cells import Wrong, line
from storage.database import Transaction
from storage.seating import applications, draws, enrollments
from storage.seating.enrollments import Enrollment
from storage.states import EnrollmentState
from storage.teaching import courses
from storage.teaching.course import Course

LOST = ("cancelled", "declined", "expired", "removed")  # what can be as if it had not been


def cancel(tx: Transaction, desk: Desk, code: str, number: int, reason: str) -> Told:
    """As they would have done it in a chat: they say it by phone or at the desk. The seat goes on in line."""
    course, mine = _living(tx, code, number)
    why = _why(reason, "취소하는")
    _check_is_not_fixed(tx, course)
    was_offered = set(enrollments.living(tx, course.id, "offered"))
    enrollments.end(tx, mine.id, "cancelled", desk.now)
    offers.fill(tx, desk.organization, course.id, desk.now)
    offered = set(enrollments.living(tx, course.id, "offered")) - was_offered
    title = f"{called(course)}: 신청 {mine.id}번을 {desk.done('취소했습니다', '취소합니다')}. 까닭: {why}"
    told = Told(title, (seats(tx, course, desk.now),), _named(tx, desk, course, mine.id))
    return with_reach(tx, desk, told, offered, "offer")


def restore(tx: Transaction, desk: Desk, code: str, number: int, reason: str) -> Told:
    """One that is over counts again: a seat where one is free, else its old place in line."""
    course = lookup.locked(tx, code)
    mine = _of_course(tx, course, number)
    why = _why(reason, "되살리는")
    if mine.ended_at is None or mine.state not in LOST:
        raise Declined(f"{called(course)}: 신청 {number}번은 ‘{STATES[mine.state]}’ 상태라 되살릴 수 없습니다.")
    _check_is_not_fixed(tx, course)
    if enrollments.live(tx, course.id, [mine.resident_id]):
        raise Declined(f"{called(course)}: 이분은 다시 신청해 두셨습니다. 새 신청이 그대로 있습니다.")
    applications.revive(tx, mine.id, _revived(tx, desk, course, mine), desk.now)
    title = f"{called(course)}: 신청 {mine.id}번을 {desk.done('되살렸습니다', '되살립니다')}. 까닭: {why}"
    told = Told(title, (seats(tx, course, desk.now),), _named(tx, desk, course, mine.id))
    return with_reach(tx, desk, told, [mine.resident_id])


def _revived(tx: Transaction, desk: Desk, course: Course, mine: Enrollment) -> EnrollmentState:
    if course.selection != "first_come" and not is_decided(tx, course):
        return "applied"
    return "confirmed" if course.has_room_for(mine.channel, desk.now) else "waiting"


def move_up(tx: Transaction, desk: Desk, code: str, number: int, place: int, reason: str) -> Told:
    """To an earlier place in line; those who are passed wait one longer."""
    course, mine = _living(tx, code, number)
    why = _why(reason, "순서를 당기는")
    line_now = _line(tx, course)
    before = next((at for at, each in enumerate(line_now, 1) if each.id == mine.id), 0)
    if not before:
        raise Declined(f"{called(course)}: 신청 {number}번은 대기하고 있지 않습니다.")
    if not 1 <= place < before:
        raise Declined(f"{called(course)}: 지금 대기 {before}번입니다. 1번부터 {before - 1}번까지 고를 수 있습니다.")
    others = [each for each in line_now if each.id != mine.id]
    _put_first(tx, [*others[: place - 1], mine], others[place - 1 :])
    offers.fill(tx, desk.organization, course.id, desk.now)
    moved = desk.done("당겼습니다", "당깁니다")
    title = f"{called(course)}: 신청 {number}번을 대기 {before}번에서 {place}번으로 {moved}. 까닭: {why}"
    passed = f"앞에 있던 {before - place}명이 한 번씩 뒤로 갑니다. 저절로 알리지는 않습니다."
    return Told(title, (passed, seats(tx, course, desk.now)), _named(tx, desk, course, number), reach=NOBODY)


def _put_first(tx: Transaction, first: Sequence[Enrollment], rest: Sequence[Enrollment]) -> None:
    """Ranks stay as they are: by them anybody can draw a lottery again."""
    before = min([0, *(each.line_order for each in rest)])
    orders = {each.id: before - len(first) + at for at, each in enumerate(first)}
    applications.set_line_order(tx, orders)


def one_more(tx: Transaction, desk: Desk, code: str, number: int, reason: str) -> Told:
    """A seat beyond the capacity for one who waits, so that the course has one more."""
    course, mine = _living(tx, code, number)
    why = _why(reason, "한 명 더 받는")
    _check_is_not_fixed(tx, course)
    if mine.state not in ("waiting", "applied"):
        raise Declined(f"{called(course)}: 신청 {number}번은 ‘{STATES[mine.state]}’ 상태입니다.")
    if course.free:
        raise Declined(f"{called(course)}: 빈자리가 {course.free}개 있어 정원을 늘리지 않아도 됩니다.")
    courses.grow(tx, course.id)
    enrollments.decide(tx, [mine.id], "confirmed", desk.now, unchecked_since=None)
    done = desk.done("늘렸습니다", "늘립니다")
    title = f"{called(course)}: 신청 {number}번을 받고 정원을 {course.capacity + 1}명으로 {done}. 까닭: {why}"
    told = Told(title, (seats(tx, course, desk.now),), _named(tx, desk, course, number))
    return with_reach(tx, desk, told, [mine.resident_id])


def _living(tx: Transaction, code: str, number: int) -> tuple[Course, Enrollment]:
    course = lookup.locked(tx, code)
    mine = _of_course(tx, course, number)
    if mine.ended_at:
        raise Declined(f"{called(course)}: 신청 {number}번은 이미 끝난 신청입니다(‘{STATES[mine.state]}’).")
    return course, mine


def _of_course(tx: Transaction, course: Course, number: int) -> Enrollment:
    mine = enrollments.find(tx, number)
    if mine is None or mine.course_id != course.id:
        raise Declined(f"신청 {number}: 이 과정의 신청이 아닙니다.")
    return mine


def _line(tx: Transaction, course: Course) -> list[Enrollment]:
    found = enrollments.of_course(tx, course.id)
    return sorted((each for each in found if each.state == "waiting" and not each.ended_at), key=lambda each: each.turn)


def _named(tx: Transaction, desk: Desk, course: Course, number: int) -> tuple[Table, ...]:
    return named(tx, desk, course, [enrollments.get(tx, number)])


def _check_is_not_fixed(tx: Transaction, course: Course) -> None:
    """Who knows the public value already must not choose among the list."""
    promised = draws.find(tx, course.id)
    if promised and promised.fixed_at and not promised.drawn_at:
        raise Declined(f"{called(course)}: 신청 목록을 확정한 추첨입니다. 추첨한 뒤에 해 주세요.")


def _why(reason: str, of: str) -> str:
    """For colleagues: it stands in the journal, and in the history of the application."""
    try:
        why = line(reason).rstrip(". ")
    except Wrong as error:
        raise Declined(f"{of} 까닭: {error}") from error
    if not why:
        raise Declined(f"{of} 까닭을 적어 주세요. 신청의 기록에 남습니다.")
    return why


CANCEL = acts.add(Act("cancel-application", "신청 취소", cancel, of_course, ("offer",)))
RESTORE = acts.add(Act("restore-application", "신청 되살리기", restore, of_course, ("confirmed", "waiting", "applied")))
MOVE_UP = acts.add(Act("move-up", "순서 당기기", move_up, of_course, ("offer",), repeats=True))
ONE_MORE = acts.add(Act("one-more", "한 명 더 받기", one_more, of_course, ("confirmed",)))

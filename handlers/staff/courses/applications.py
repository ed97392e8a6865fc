"""Applications as they came: bursts that officers look at, confirm or end, and any application that they end."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.seating import offers
from handlers.staff.courses import holding
from handlers.staff.courses.outcomes import named, results, seats
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Reach, Step, Table, Told
from handlers.staff.persons import doubts
from handlers.staff.persons.doubts import TO_CHECK
from handlers.staff.persons.who import WHO, who
from storage.database import Transaction
from storage.people import residents
from storage.seating import bursts, draws, enrollments, holds
from storage.seating.bursts import Burst
from storage.seating.enrollments import Enrollment
from storage.states import HOLDING
from storage.teaching import courses
from storage.teaching.course import Course

MANY = 8  # from one place on one day: worth a look, though a class may well share one address
EXAMPLE = "장난 신청"
BURSTS = ("과정번호", "과정명", "몰림", "들어온 때", "신청", "확인")
COLUMNS = ("신청번호", "상태", *WHO, "신청한 때", "몰림")


def show(tx: Transaction, desk: Desk, code: str | None = None, everybody: bool = False) -> Told:
    """Where many came from one place; of a course all its live applications, or those too that have ended."""
    if code:
        return _of_course(tx, desk, lookup.course(tx, code), everybody)
    many, to_check = _bursts(tx), tuple(doubts.to_check(tx, desk))
    if not many:
        return Told("한곳에서 몰린 신청이 없습니다.", tables=to_check)
    about = {course.id: course for course in courses.with_ids(tx, [each.course_id for each in many])}
    rows = tuple(_burst_row(desk, about[each.course_id], each) for each in many)
    note = "한곳에서 여럿이 신청했다고 다 장난은 아닙니다. 교육장이나 같은 통신사일 수 있으니 먼저 전화해 보세요."
    steps = tuple(_look(course) for course in about.values())
    return Told("한곳에서 몰린 신청입니다.", tables=(Table(rows, BURSTS), *to_check), notes=(note,), steps=steps)


def _burst_row(desk: Desk, course: Course, burst: Burst) -> tuple[str, ...]:
    when = f"{desk.moment(burst.since)}부터 {desk.moment(burst.until)}까지"
    unchecked = f"{TO_CHECK} {burst.unchecked}건" if burst.unchecked else "-"
    return course.code, course.title, str(burst.number), when, f"{burst.size}건", unchecked


def _look(course: Course) -> Step:
    return Step("신청을 보려면", "applications", {"course": course.code})


def _of_course(tx: Transaction, desk: Desk, course: Course, everybody: bool) -> Told:
    came = enrollments.of_course(tx, course.id)
    living = [each for each in came if not each.ended_at]
    unchecked = sum(each.is_unchecked for each in living)
    title = f"{called(course)}: 신청 {len(living)}건, {TO_CHECK} {unchecked}건."
    kept = holds.living(tx, course.id)
    facts = (seats(tx, course, desk.now),) if living or kept else ()
    found = came if everybody else living
    gone = len(came) - len(found)
    more = [Step(f"끝난 신청 {gone}건도 보려면", "applications", {"course": course.code, "all": True})] if gone else []
    if not found:
        return Told(title, facts, holding.table(desk, kept), steps=tuple(more))
    numbers = {burst.source: burst.number for burst in _bursts(tx) if burst.course_id == course.id}
    table = Table(tuple(_rows(tx, desk, course, found, numbers)), COLUMNS)
    steps = (*more, *_next_steps(course, numbers.values(), unchecked), *doubts.steps(tx, course, living))
    held = holding.table(desk, kept)
    return Told(title, facts, tables=(table, *held, *doubts.side_by_side(tx, desk, course, living)), steps=steps)


def _rows(
    tx: Transaction, desk: Desk, course: Course, found: Sequence[Enrollment], numbers: Mapping[str, int]
) -> Iterator[tuple[str, ...]]:
    people = residents.with_ids(tx, {each.resident_id for each in found})
    result = results(tx, course)
    for each in found:
        state = f"{result[each.id]} ({TO_CHECK})" if each.is_unchecked else result[each.id]
        when = desk.moment(each.applied_at)
        yield str(each.id), state, *who(desk, each.resident_id, people[each.resident_id]), when, _in(numbers, each)


def _bursts(tx: Transaction) -> list[Burst]:
    """Many from one place, or fewer that wait for an officer and for no other reason."""
    return [each for each in bursts.found(tx, MANY) if each.size >= MANY or _is_doubted_itself(tx, each)]


def _is_doubted_itself(tx: Transaction, burst: Burst) -> bool:
    came = enrollments.of_course(tx, burst.course_id)
    others = doubts.numbers(tx, came)
    return any(each.is_unchecked and each.source == burst.source and each.id not in others for each in came)


def _in(numbers: Mapping[str, int], one: Enrollment) -> str:
    return str(numbers.get(one.source or "", "-"))


def _next_steps(course: Course, numbers: Collection[int], unchecked: int) -> list[Step]:
    if not numbers:
        return []
    code, burst = course.code, min(numbers)
    checking = Step("몰린 신청을 그대로 받으려면", "check-applications", {"course": code, "burst": burst})
    junk = {"course": code, "burst": burst, "reason": EXAMPLE, "junk": True}
    return [*([checking] if unchecked else []), Step("몰린 신청을 끝내려면", "end-applications", junk)]


def check(
    tx: Transaction,
    desk: Desk,
    code: str,
    numbers: Sequence[int] = (),
    burst: int | None = None,
    everything: bool = False,
) -> Told:
    """What was looked at counts from now on, and whose turn it is gets what is free."""
    course = lookup.locked(tx, code)
    chosen = [each for each in _chosen(tx, course, numbers, burst, everything) if each.is_unchecked]
    if not chosen:
        raise Declined(f"{called(course)}: 이 가운데 확인할 신청이 없습니다.", _look(course))
    enrollments.check(tx, [each.id for each in chosen], desk.now)
    offers.fill(tx, desk.organization, course.id, desk.now)
    title = f"{called(course)}: 신청 {len(chosen)}건을 {desk.done('확인했습니다', '확인합니다')}."
    facts = ("자리와 순서는 신청한 그대로입니다.", seats(tx, course, desk.now))
    told = Told(title, facts, tables=named(tx, desk, course, chosen))
    return with_reach(tx, desk, told, [each.resident_id for each in chosen], "confirmed")


def end(
    tx: Transaction,
    desk: Desk,
    code: str,
    reason: str,
    numbers: Sequence[int] = (),
    burst: int | None = None,
    everything: bool = False,
    junk: bool = False,
) -> Told:
    """End applications and go on with the line; of junk nobody is told, and of all else whom it concerns, and why."""
    step = Step("예", "end-applications", {"course": code, "only": list(numbers), "reason": EXAMPLE})
    why = lookup.reason(reason, "신청을 끝내는", step)
    course = lookup.locked(tx, code)
    _check_is_not_fixed(tx, course)
    chosen = _chosen(tx, course, numbers, burst, everything)
    enrollments.remove(tx, [each.id for each in chosen], "" if junk else why, desk.now)
    offers.fill(tx, desk.organization, course.id, desk.now)
    freed_seats = sum(each.state in HOLDING for each in chosen)
    title = f"{called(course)}: 신청 {len(chosen)}건을 {desk.done('끝냈습니다', '끝냅니다')}. 까닭: {why}"
    freed = (f"자리 {freed_seats}개가 납니다. 기다리는 분이 있으면 순서대로 드립니다.",) if freed_seats else ()
    told = Told(title, (*freed, seats(tx, course, desk.now)), tables=named(tx, desk, course, chosen))
    if junk:
        return replace(told, notes=("장난으로 보아 신청한 쪽에는 알리지 않습니다.",), reach=Reach(0, {}, 0))
    return with_reach(tx, desk, told, [each.resident_id for each in chosen], "removed")


def _check_is_not_fixed(tx: Transaction, course: Course) -> None:
    """Who knows the public value already must not choose among the list by ending some of it."""
    promised = draws.find(tx, course.id)
    if promised and promised.fixed_at and not promised.drawn_at:
        raise Declined(f"{called(course)}: 신청 목록을 확정한 추첨입니다. 추첨한 뒤에 끝내 주세요.")


def _chosen(
    tx: Transaction, course: Course, numbers: Sequence[int], burst: int | None, everything: bool
) -> list[Enrollment]:
    living = [each for each in enrollments.of_course(tx, course.id) if not each.ended_at]
    if numbers:
        lookup.check_numbers(tx, course, numbers, [each.id for each in living], _look(course))
        return [each for each in living if each.id in numbers]
    if everything and living:
        return living
    sources = [each.source for each in _bursts(tx) if (each.course_id, each.number) == (course.id, burst)]
    found = [each for each in living if each.source in sources]
    if not found:
        raise Declined(f"{called(course)}: 이런 신청이 없습니다.", _look(course))
    return found


TOLD = ("confirmed", "waiting", "applied", "offer")
CHECK = acts.add(Act("check-applications", "신청 확인", check, of_course, TOLD, repeats=True))
END = acts.add(Act("end-applications", "신청 끝내기", end, of_course, ("removed", "offer"), repeats=True))

"""Whose applications they are, what became of them, and where the seats of a course stand."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Table, Told
from handlers.staff.persons.who import WHO, who
from storage.database import Transaction
from storage.people import residents
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.states import EnrollmentState
from storage.teaching import courses
from storage.teaching.course import Course

SHOWN = 30  # people that an act names; its list has all
COLUMNS = ("신청번호", *WHO, "결과")


def outcome(
    tx: Transaction, desk: Desk, course: Course, numbers: Collection[int], title: str, notes: tuple[str, ...] = ()
) -> Told:
    """What became of these applications, who will hear of it, and where the seats stand."""
    decided = [each for each in enrollments.of_course(tx, course.id) if each.id in numbers]
    states = Counter(each.state for each in decided)
    chosen = states["confirmed"] + states["offered"]
    line = f"신청 {len(decided)}명: 선정 {chosen}명, 대기 {states['waiting']}명, 미선정 {states['not_selected']}명."
    asked = [f"선정된 분이 {course.confirm_hours}시간 안에 확정해야 자리가 정해집니다."] if states["offered"] else []
    told = Told(
        title, facts=(line, *asked, seats(tx, course, desk.now)), tables=named(tx, desk, course, decided), notes=notes
    )
    return with_reach(tx, desk, told, [each.resident_id for each in decided])


def seats(tx: Transaction, course: Course, at: datetime | None = None) -> str:
    """Where they stand now; with a time, by shares while it has them."""
    now = courses.get(tx, course.id)
    offered = sum(each.state == "offered" for each in enrollments.of_course(tx, course.id) if not each.ended_at)
    counts = [f"정원 {now.capacity}명", f"확정 {now.held - offered}명"]
    counts += [f"답을 기다림 {offered}명"] if offered else []
    counts += [f"기관 자리 {now.kept}개"] if now.kept else []
    counts += [f"빈자리 {_free(now, at)}", f"대기 {now.waiting}명"]
    return f"지금 자리: {', '.join(counts + ([f'결정 전 {now.applied}명'] if now.applied else []))}."


def _free(course: Course, now: datetime | None) -> str:
    if now is None or not course.is_shared(now):
        return f"{course.free}개"
    return f"온라인 {course.free_of('online', now)}개·방문 {course.free_of('offline', now)}개"


def named(
    tx: Transaction, desk: Desk, course: Course, found: Sequence[Enrollment], everybody: bool = False
) -> tuple[Table, ...]:
    """These people with what became of them; seats stand before the line, and that is in its order."""
    if not found:
        return ()
    result = results(tx, course)
    ordered = sorted(found, key=lambda each: (_PLACES.get(each.state, len(_PLACES)), each.turn))
    shown = ordered if everybody else ordered[:SHOWN]
    people = residents.with_ids(tx, {each.resident_id for each in shown})
    rows = tuple(
        (str(each.id), *who(desk, each.resident_id, people[each.resident_id]), result[each.id]) for each in shown
    )
    return (Table(rows, COLUMNS, left_out=len(ordered) - len(rows)),)


# Who didn't complete comes first: the fewer, and where a slip would hurt.
_ORDER: Sequence[EnrollmentState] = ("not_completed", "confirmed", "offered", "completed", "waiting", "applied")
_PLACES = {state: place for place, state in enumerate(_ORDER)}


def results(tx: Transaction, course: Course) -> Mapping[int, str]:
    """Of every application the word for its state, and the place in line of those who wait."""
    found = enrollments.of_course(tx, course.id)
    line = {each.id: place for place, each in enumerate(_line(found), 1)}
    return {each.id: STATES[each.state] + (f" {line[each.id]}번" if each.id in line else "") for each in found}


def _line(found: Iterable[Enrollment]) -> list[Enrollment]:
    waiting = (each for each in found if each.state == "waiting" and not each.ended_at)
    return sorted(waiting, key=lambda each: each.turn)

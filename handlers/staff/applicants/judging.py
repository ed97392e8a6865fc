"""Lists for priority and review: the undecided with what is needed to judge them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.language.days import dates
from handlers.staff.courses import selections
from handlers.staff.courses.outcomes import seats
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import SELECTIONS, called
from handlers.staff.persons.side_by_side import ELSEWHERE, TARGETS, TIES
from handlers.staff.persons.who import who
from handlers.staff.records.words import channel
from storage.database import Transaction
from storage.seating import applications
from storage.states import BY_OFFICERS, EnrollmentState
from storage.teaching.course import Course

EARLIER: Mapping[str, Sequence[EnrollmentState]] = {
    "수료": ("completed",),
    "미수료": ("not_completed",),
    "수강": ("confirmed",),
    "취소": ("cancelled", "declined", "expired"),
}


@dataclass(frozen=True)
class Candidate:
    """An undecided application, with what counts; `is_suggested` where the order of groups and arrival gives a seat."""

    number: int
    group: str
    name: str
    age: str
    mobile: str
    lives: str
    target: str
    earlier: str
    applied_at: str
    came_by: str
    is_suggested: bool


@dataclass(frozen=True)
class Candidates:
    """Of a course that officers select for; it can be decided once registration is over."""

    course: Course
    seats: str
    selection: str
    candidates: tuple[Candidate, ...]
    is_over: bool
    closes: str


def show(tx: Transaction, desk: Desk, code: str) -> Candidates:
    course = lookup.course(tx, code)
    if course.selection not in BY_OFFICERS:
        raise Declined(f"{called(course)}: ‘{SELECTIONS[course.selection]}’ 과정이라 고르지 않습니다.")
    found = selections.candidates(tx, course)
    earlier = applications.earlier(tx, {each.resident.id for each in found}, course.id)
    rows = tuple(
        _candidate(desk, course, each, earlier.get(each.resident.id, Counter()), place < course.free)
        for place, each in enumerate(found)
    )
    is_over, closes = desk.now > course.apply_end, desk.moment(course.apply_end)
    return Candidates(course, seats(tx, course, desk.now), SELECTIONS[course.selection], rows, is_over, closes)


def _candidate(
    desk: Desk, course: Course, one: selections.Applicant, earlier: Mapping[str, int], is_suggested: bool
) -> Candidate:
    resident, mine = one.resident, one.enrollment
    name, _, mobile = who(desk, resident.id, resident)
    age = f"{dates.age_in(resident.birth_year, course.start_date)}세" if resident.birth_year else "-"
    dong = ELSEWHERE.get(resident.dong or "", resident.dong or "-")
    lives = dong if resident.tie in (None, "lives") else f"{dong}({TIES[resident.tie]})"
    target = TARGETS.get(resident.target or "", "-")
    when, way = desk.moment(mine.applied_at), channel(desk, mine.channel)
    return Candidate(mine.id, one.group, name, age, mobile, lives, target, _said(earlier), when, way, is_suggested)


def _said(earlier: Mapping[str, int]) -> str:
    counts = {name: sum(earlier.get(state, 0) for state in states) for name, states in EARLIER.items()}
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count) or "처음"

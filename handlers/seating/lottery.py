"""Lotteries that anybody can run again: bound to a seed before they close, drawn by its hashes."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from handlers.dialogue.organization import Organization
from handlers.seating.offers import offer
from handlers.seating.targets import group_of
from storage import courses, draws, enrollments, residents
from storage.course import Course
from storage.database import Transaction
from storage.draws import Application, Draw
from storage.enrollments import Enrollment


def promise_seeds(tx: Transaction) -> None:
    """Bind every lottery to a seed that nobody can choose; its hash is on the card of the course from then on."""
    draws.promise(tx, {course_id: secrets.token_hex(16) for course_id in draws.without_seed(tx)})


def seed_hash(draw: Draw) -> str:
    return hashlib.sha256(draw.seed.encode()).hexdigest()


def applications_hash(applications: Sequence[Application]) -> str:
    """SHA-256 of one line "number,group" for each application, in the order of their numbers."""
    lines = "".join(f"{number},{group}\n" for number, group in sorted(applications))
    return hashlib.sha256(lines.encode()).hexdigest()


def order(seed: str, applications: Sequence[Application]) -> list[int]:
    """The numbers as drawn: by group, and within it by the SHA-256 of "seed:number"."""
    return [number for number, _ in sorted(applications, key=lambda one: (one[1], ticket(seed, one[0])))]


def ticket(seed: str, number: int) -> str:
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def draw(tx: Transaction, organization: Organization, course_id: int, now: datetime) -> bool:
    """Draw a lottery whose registration is over; False when there is nothing to draw, or not yet."""
    course = courses.lock(tx, course_id)
    promised = draws.find(tx, course_id)
    if promised is None or promised.drawn_at or now <= course.apply_end:
        return False
    applications = [(each.id, group) for each, group in applicants(tx, course)]
    draws.record(tx, course_id, course.free, applications, applications_hash(applications), now)
    give(tx, organization, course, order(promised.seed, applications), course.free, now)
    return True


def applicants(tx: Transaction, course: Course) -> list[tuple[Enrollment, int]]:
    """Undecided applications in the order of arrival, each with the place of its group."""
    found = enrollments.applied(tx, course.id)
    people = residents.with_ids(tx, {each.resident_id for each in found})
    return [(each, group_of(course, people[each.resident_id])) for each in found]


def give(
    tx: Transaction, organization: Organization, course: Course, ordered: Sequence[int], seats: int, now: datetime
) -> None:
    """Seats to the first of an order, places in line to the next, and an end to the rest. The course must be locked."""
    enrollments.set_ranks(tx, ordered)
    chosen, rest = ordered[:seats], ordered[seats:]
    asked = chosen if course.confirm_hours else enrollments.at_limit(tx, course, chosen)  # who has to choose is asked
    offer(tx, organization, course, asked, now, course.confirm_hours or course.offer_hours)
    enrollments.decide(tx, [each for each in chosen if each not in asked], "confirmed", now)
    enrollments.decide(tx, rest[: course.waitlist_capacity], "waiting", now)
    enrollments.decide(tx, rest[course.waitlist_capacity :], "not_selected", now, ended_at=now)


def verify(tx: Transaction, course_id: int) -> list[str]:
    """What doesn't agree between a draw as it was published and as it is when run again; nothing when all is well."""
    drawn = draws.find(tx, course_id)
    if drawn is None or drawn.applications is None:
        return ["아직 추첨하지 않았습니다."]
    problems = []
    if applications_hash(drawn.applications) != drawn.applications_hash:
        problems.append("신청 목록이 공개한 값과 다릅니다.")
    places = {each.id: each.rank for each in enrollments.of_course(tx, course_id) if each.rank}
    for place, number in enumerate(order(drawn.seed, drawn.applications), 1):
        if places.get(number) != place:
            problems.append(f"신청 {number}: 다시 추첨하면 {place}번인데 {places.get(number, '기록 없음')}번입니다.")
    return problems


def protocol(drawn: Draw) -> str:
    """Everything that anybody needs to draw again, as text: no names, only numbers of applications."""
    assert drawn.applications is not None
    groups = dict(drawn.applications)
    lines = [f"씨앗: {drawn.seed}", f"씨앗의 SHA-256: {seed_hash(drawn)}"]
    lines += [f"신청 목록의 SHA-256: {drawn.applications_hash}", f"자리: {drawn.seats}", "순서,신청번호,묶음,추첨값"]
    drawn_order = order(drawn.seed, drawn.applications)
    rows = (f"{n},{number},{groups[number]},{ticket(drawn.seed, number)}" for n, number in enumerate(drawn_order, 1))
    return "\n".join([*lines, *rows, ""])

"""Lotteries that anybody can run again: bound to a seed, a fixed list, and a value that nobody knows by then."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from handlers.calendar.hours import local
from handlers.dialogue.organization import Organization
from handlers.seating import protocol
from handlers.seating.offers import offer
from handlers.seating.targets import group_of
from storage.database import Transaction
from storage.people import residents
from storage.seating import draws, duties, enrollments, limits
from storage.seating.draws import Application, Draw
from storage.seating.enrollments import Enrollment
from storage.teaching import courses
from storage.teaching.course import Course

_shuffle = secrets.SystemRandom().shuffle


def promise_seeds(tx: Transaction, organization: Organization) -> None:
    """Bind every lottery to a seed that nobody can choose, and to the rule by which a public value is mixed in."""
    seeds = {course_id: secrets.token_hex(16) for course_id in draws.without_seed(tx)}
    draws.promise(tx, seeds, organization.lottery.rule)


def go_on(tx: Transaction, organization: Organization, course_id: int, now: datetime) -> None:
    """What the clock can do when registration is over: fix the list, and draw where no value is mixed in."""
    course = courses.lock(tx, course_id)
    fixed = fix(tx, organization, course, now)
    if fixed and not fixed.public_name:
        draw(tx, organization, course, "", now)


def fix(tx: Transaction, organization: Organization, course: Course, now: datetime) -> Draw | None:
    """The list and its lottery numbers, dealt at random: nobody could choose theirs. The course must be locked.

    None while it can't be: registration goes on, an officer has still to look at somebody, or no value comes in time.
    """
    promised = draws.find(tx, course.id)
    if promised is None or promised.drawn_at or promised.fixed_at:
        return promised
    if now <= course.apply_end or any(each.is_unchecked for each in enrollments.applied(tx, course.id)):
        return None
    public_at = organization.lottery.next_after(now, organization.timezone) if promised.public_name else None
    if public_at and comes_too_late(organization, course, public_at):
        return None
    applications = _dealt(tx, course)
    draws.fix(tx, course.id, applications, protocol.applications_hash(applications), now, public_at)
    return draws.get(tx, course.id)


def awaiting_value(tx: Transaction, now: datetime) -> list[Course]:
    """Those whose list is fixed and whose public value is out: an officer types it."""
    return courses.with_ids(tx, [each.course_id for each in draws.awaiting_value(tx, now)])


def out_of_time(tx: Transaction, organization: Organization, now: datetime) -> list[Course]:
    """Those whose list can't be fixed, as the public value would come out after the course has begun."""
    public_at = organization.lottery.next_after(now, organization.timezone)
    found = courses.with_ids(tx, duties.to_draw(tx, now))
    late = (each for each in found if comes_too_late(organization, each, public_at))
    return [each for each in late if draws.get(tx, each.id).public_name]


def comes_too_late(organization: Organization, course: Course, public_at: datetime) -> bool:
    return public_at >= local(course.start_date, course.start_time, organization.timezone)


def _dealt(tx: Transaction, course: Course) -> list[Application]:
    found = applicants(tx, course)
    numbers = list(range(1, len(found) + 1))
    _shuffle(numbers)
    return [(each.id, group, number) for (each, group), number in zip(found, numbers, strict=True)]


def draw(tx: Transaction, organization: Organization, course: Course, value: str, now: datetime) -> None:
    """Draw from the list that was fixed, by the seed and the public value; who gave up meanwhile is passed over."""
    draws.record(tx, course.id, course.free, value or None, now)
    drawn = draws.get(tx, course.id)
    assert drawn.applications is not None
    living = {each.id for each in enrollments.applied(tx, course.id)}
    ordered = [each for each in protocol.order(protocol.key(drawn), drawn.applications) if each in living]
    give(tx, organization, course, ordered, course.free, now)


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
    asked = chosen if course.confirm_hours else limits.at_limit(tx, course, chosen)  # who has to choose is asked
    offer(tx, organization, course, asked, now, course.confirm_hours or course.offer_hours)
    enrollments.decide(tx, [each for each in chosen if each not in asked], "confirmed", now)
    enrollments.decide(tx, rest[: course.waitlist_capacity], "waiting", now)
    enrollments.decide(tx, rest[course.waitlist_capacity :], "not_selected", now, ended_at=now)

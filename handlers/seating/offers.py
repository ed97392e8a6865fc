"""Freed seats: offered to the first in line for a time, then to the next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.calendar.hours import local
from handlers.dialogue.organization import Organization
from handlers.seating import shares
from storage.database import Transaction
from storage.seating import enrollments, turns
from storage.teaching import courses
from storage.teaching.course import Course


def fill(tx: Transaction, organization: Organization, course_id: int, now: datetime) -> None:
    """Offer every free seat to the next in line. So near to the start that all may take it, none is offered.

    A seat stays free while it is the turn of somebody whom an officer has still to look at, for as long as it would be
    offered; then the line goes on, and they stay the first of it.
    """
    course = courses.lock(tx, course_id)
    today = now.astimezone(organization.timezone).date()
    if not course.gives_seats(today) or course.is_last_call(today):
        return
    after = now - timedelta(hours=course.offer_hours)
    for share, free in shares.free(course, now):
        following = turns.next_in_line(tx, course_id, free, after, share)
        chosen = [each.id for each in following if not each.is_unchecked]
        offer(tx, organization, course, chosen, now, course.offer_hours)


def offer(
    tx: Transaction, organization: Organization, course: Course, chosen: Sequence[int], now: datetime, hours: int
) -> None:
    """Seats to these enrollments for so many hours; for longer to whoever learns of it only when they come by."""
    alone = turns.out_of_reach(tx, chosen, organization.ways)
    longer = max(hours, organization.hours.unreachable_offer_hours)
    for ids, kept in ((set(chosen) - set(alone), hours), (alone, longer)):
        until = deadline(course, organization, now, kept)
        enrollments.decide(tx, list(ids), "offered", now, offer_until=until)


def deadline(course: Course, organization: Organization, now: datetime, hours: int) -> datetime:
    """So many hours after it can be told, never at night, and not after the course has begun."""
    told_at = organization.hours.after_quiet_hours(now, organization.timezone)
    until = organization.hours.after_quiet_hours(told_at + timedelta(hours=hours), organization.timezone)
    return min(until, local(course.start_date, course.start_time, organization.timezone))


def lapse(tx: Transaction, organization: Organization, course_id: int, now: datetime) -> None:
    """End the offers of a course that nobody has answered in time, and go on to the next in line."""
    courses.lock(tx, course_id)
    late = turns.lapsed(tx, now).get(course_id, [])
    enrollments.decide(tx, late, "expired", now, ended_at=now, offer_until=None)
    fill(tx, organization, course_id, now)

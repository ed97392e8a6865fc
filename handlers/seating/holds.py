"""Seats that are kept for institutions: nobody else gets one until it is given back or its time is over."""

from collections.abc import Sequence
from datetime import datetime

from handlers.dialogue.organization import Organization
from handlers.seating import offers
from storage.database import Transaction
from storage.seating import enrollments, holds
from storage.teaching import courses
from storage.teaching.course import Course

CHANNEL = "institution"


def room(course: Course, now: datetime) -> int:
    """How many seats may be kept: none while anybody waits for them. The course must be locked."""
    return course.free_for(CHANNEL, now) if course.has_room_for(CHANNEL, now) else 0


def use(tx: Transaction, course: Course, hold_id: int, now: datetime, seats: int = 1) -> bool:
    """Take seats of a hold of this course for who comes now; False when it has no more. The course must be locked.

    They are enrolled with `CHANNEL` in the same transaction.
    """
    hold = holds.find(tx, hold_id)
    return hold is not None and hold.course_id == course.id and holds.use(tx, hold_id, seats, now)


def give(tx: Transaction, ids: Sequence[int], now: datetime) -> None:
    """Seats that were taken of a hold to these applications, which come through the institution from now on."""
    checked = {"channel": CHANNEL, "offer_until": None, "unchecked_since": None}
    enrollments.decide(tx, ids, "confirmed", now, **checked)


def lapse(tx: Transaction, organization: Organization, course_id: int, now: datetime) -> None:
    """End what was kept in a course and not used in time; it goes to the line."""
    courses.lock(tx, course_id)
    holds.end(tx, [each.id for each in holds.living(tx, course_id) if each.until < now], now)
    offers.fill(tx, organization, course_id, now)

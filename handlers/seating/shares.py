"""Whose seats are whose: shares of those who come online and offline, which draw from one course under one lock."""

from collections.abc import Iterator
from datetime import datetime

from storage.states import EnrollmentState, Share
from storage.teaching.course import Course


def state_for(course: Course, channel: str, now: datetime) -> EnrollmentState:
    """What somebody who comes by this channel gets at once. The course must be locked, and take people."""
    if course.selection != "first_come":
        return "applied"
    return "confirmed" if course.has_room_for(channel, now) else "waiting"


def free(course: Course, now: datetime) -> Iterator[tuple[Share, int]]:
    """Where seats are free, and how many: in each share, or in all of the course."""
    parts: dict[Share, int] = {"": course.free}
    if course.is_shared(now):
        parts = {"online": course.free_of("online", now), "offline": course.free_of("offline", now)}
    yield from ((share, count) for share, count in parts.items() if count)

"""Whether what a resident gave back a moment ago can still be theirs again."""

from datetime import date, datetime, timedelta

from storage.seating.enrollments import Enrollment
from storage.teaching.course import Course

TAKE_BACK = timedelta(minutes=10)


def is_still_there(course: Course, was: Enrollment, now: datetime, today: date) -> bool:
    """Whether nobody else has it yet; for sure only while the course is locked."""
    is_recent = was.ended_at is not None and now - was.ended_at <= TAKE_BACK
    if not is_recent or not was.ended_from or not course.gives_seats(today):
        return False
    if was.ended_from == "applied":
        return course.is_taking(now)
    if was.ended_from == "waiting":
        return course.selection != "first_come" or course.has_line_room
    has_lapsed = was.offer_until is not None and was.offer_until < now
    return course.free_for(was.channel, now) > 0 and not has_lapsed

"""Who had a seat and never came, by the rule of the course: whom it warns, and whom it keeps out of the next term."""

from collections.abc import Sequence
from datetime import datetime

from handlers.calendar import terms
from handlers.calendar.attending import AttendanceRules
from storage.attendance import no_shows
from storage.attendance.no_shows import NoShow
from storage.database import Transaction
from storage.states import NoShow as Rule
from storage.teaching import courses
from storage.teaching.course import Course


def of_course(tx: Transaction, course: Course, now: datetime) -> list[NoShow]:
    """Those too whom an officer lets pass."""
    return no_shows.of_course(tx, course.id, now)


def warned(tx: Transaction, rules: AttendanceRules, course: Course, now: datetime) -> list[NoShow]:
    """Those to be told that a seat was lost with them."""
    if rule(rules, course) != "warn":
        return []
    return [each for each in of_course(tx, course, now) if not each.waived]


def banning(
    tx: Transaction, rules: AttendanceRules, course: Course, people: Sequence[int], now: datetime
) -> list[NoShow]:
    """What keeps these people out of a course: seats of the term before to which they never came."""
    earlier = terms.before(course.term)
    found = no_shows.of_people(tx, people, earlier, now) if earlier else []
    return [each for each in found if rule(rules, courses.get(tx, each.course_id)) == "ban"]


def rule(rules: AttendanceRules, course: Course) -> Rule:
    return rules.of_course(course).no_show

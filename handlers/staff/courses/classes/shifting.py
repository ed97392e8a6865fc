"""Moving all classes of a course from one of them on by some weeks, as after a closure of some days."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from handlers.calendar.holidays import public_holidays
from handlers.staff.courses.classes.moving import check_is_free, coming, outside, telling
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Listing, Told
from storage.database import Transaction
from storage.teaching import sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session, Times

MOST = 12  # weeks


def shift(tx: Transaction, desk: Desk, code: str, number: int, weeks: int = 1) -> Told:
    """Each keeps its weekday and its hours; one that would be on a holiday goes on by another week."""
    if not 1 <= weeks <= MOST:
        raise Declined(f"‘{weeks}’: 1주부터 {MOST}주까지 미룰 수 있습니다.")
    course = lookup.locked(tx, code)
    coming(tx, desk, course, number)
    known = sessions.of_courses(tx, [course.id])
    moving = [each for each in known if each.number >= number]
    moved = _moved(desk, course, moving, weeks)
    for times in moved.values():
        check_is_free(tx, desk, course, times, moving)
    sessions.move_all(tx, moved, desk.now)
    what = f"{called(course)} {number}회차부터 {len(moved)}회를 {weeks}주씩"
    title = f"{what} {desk.done('미뤘습니다', '미룹니다')}."
    last = max(times[0] for times in moved.values())
    lines = tuple(f"{each.number}회차: {desk.moment(each.starts_at)} → {desk.moment(moved[each][0])}" for each in moved)
    told = Told(title, tables=(Listing(lines),), notes=tuple(outside(desk, course, last)))
    return telling(tx, desk, course, told, *(each.starts_at for each in moved))


def _moved(desk: Desk, course: Course, moving: Sequence[Session], weeks: int) -> Mapping[Session, Times]:
    """In their order, no two on one day."""
    found: dict[Session, Times] = {}
    taken: set[date] = set()
    for each in moving:
        by = timedelta(weeks=weeks)
        while (day := _day(desk, each, by)) in taken or _is_closed(desk, course, day):
            by += timedelta(weeks=1)
        taken.add(day)
        found[each] = (each.starts_at + by, each.ends_at + by)
    return found


def _day(desk: Desk, session: Session, by: timedelta) -> date:
    return (session.starts_at + by).astimezone(desk.organization.timezone).date()


def _is_closed(desk: Desk, course: Course, day: date) -> bool:
    return day in public_holidays(day.year) or day in desk.organization.closed_days or day in course.days_off


SHIFT = acts.add(Act("shift-sessions", "수업 미루기", shift, of_course, ("changed",)))

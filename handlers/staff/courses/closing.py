"""Closing a course for good."""

from handlers.language.days import dates
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Step, Told
from storage.database import Transaction
from storage.seating import enrollments
from storage.teaching import courses


def close(tx: Transaction, desk: Desk, code: str, reason: str) -> Told:
    """Close a course; everybody who has anything to do with it is told why, by themselves."""
    why = lookup.reason(reason, "폐강하는", Step("예", "close-course", {"course": code, "reason": "신청 인원 부족"}))
    course = lookup.locked(tx, code)
    if desk.today > course.end_date:
        ended = dates.day(course.end_date, "ko")
        raise Declined(f"{called(course)}: {ended}에 이미 끝난 과정이라 폐강할 수 없습니다.")
    living = [each.resident_id for each in enrollments.of_course(tx, course.id) if not each.ended_at]
    courses.cancel(tx, course.id, why)
    title = f"{called(course)}: {desk.done('폐강했습니다', '폐강합니다')}. 까닭: {why}"
    return with_reach(tx, desk, Told(title), living, "closed")


CLOSE = acts.add(Act("close-course", "폐강", close, of_course, ("closed",)))

"""Who completed a course, after its last class."""

from collections.abc import Collection, Sequence
from datetime import time

from handlers.calendar.hours import DAY, local
from handlers.staff.courses import certified
from handlers.staff.courses.outcomes import named
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Step, Told
from handlers.staff.persons import alike
from storage import enrollments, sessions
from storage.course import Course
from storage.database import Transaction
from storage.enrollments import Enrollment
from storage.states import ATTENDED


def show(tx: Transaction, desk: Desk, code: str) -> Told:
    """Who attends a course or has, for an officer."""
    course = lookup.course(tx, code)
    found = _attended(tx, course)
    open_still = sum(each.state == "confirmed" for each in found)
    title = f"{called(course)}: 수강생 {len(found)}명, 수료를 정할 분 {open_still}명."
    return Told(title, tables=named(tx, desk, course, found, everybody=True), notes=alike.notes(tx, found))


def complete(tx: Transaction, desk: Desk, code: str, numbers: Sequence[int], completed: bool) -> Told:
    """End a course for those who attended: `numbers` completed it, or failed to, and all the others the contrary."""
    course = lookup.locked(tx, code)
    _check_is_over(tx, desk, course)
    attending = [each for each in _attended(tx, course) if each.state == "confirmed"]
    if not attending:
        raise _nobody(tx, course)
    lookup.check_numbers(tx, course, numbers, [each.id for each in attending], _listed("번호를 보려면", course))
    good = [each for each in attending if (each.id in numbers) == completed]
    enrollments.decide(tx, _ids(good), "completed", desk.now, ended_at=desk.now)
    enrollments.decide(tx, _ids(set(attending) - set(good)), "not_completed", desk.now, ended_at=desk.now)
    counts = f"수료 {len(good)}명, 미수료 {len(attending) - len(good)}명"
    title = f"{called(course)}: {counts}으로 {desk.done('정했습니다', '정합니다')}."
    told = Told(title, tables=named(tx, desk, course, _decided(tx, course, attending)))
    return with_reach(tx, desk, told, [each.resident_id for each in good])


def _decided(tx: Transaction, course: Course, attending: Collection[Enrollment]) -> list[Enrollment]:
    """As they are now."""
    numbers = _ids(attending)
    return [each for each in enrollments.of_course(tx, course.id) if each.id in numbers]


def _attended(tx: Transaction, course: Course) -> list[Enrollment]:
    found = enrollments.of_course(tx, course.id)
    return [each for each in found if each.state in ATTENDED and not each.is_unchecked]


def _ids(found: Collection[Enrollment]) -> list[int]:
    return [each.id for each in found]


def _check_is_over(tx: Transaction, desk: Desk, course: Course) -> None:
    meetings = sessions.of_courses(tx, [course.id])
    ends_at = meetings[-1].ends_at if meetings else local(course.end_date + DAY, time(0), desk.organization.timezone)
    if desk.now < ends_at:
        raise Declined(
            f"{called(course)}: 마지막 수업이 {desk.moment(ends_at)}에 끝납니다. 그 뒤에 다시 실행해 주세요."
        )


def _nobody(tx: Transaction, course: Course) -> Declined:
    if _attended(tx, course):
        return Declined(f"{called(course)}: 이미 수료를 정했습니다.", _listed("명단을 보려면", course))
    return Declined(f"{called(course)}: 수강생이 없습니다.")


def _listed(why: str, course: Course) -> Step:
    return Step(why, "complete", {"course": course.code, "list": True})


COMPLETE = acts.add(Act("complete", "수료 결정", complete, of_course, ("completed",), before_undo=certified.withdraw))

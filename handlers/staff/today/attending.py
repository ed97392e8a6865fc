"""Classes that are on or over and in which somebody isn't marked, and attendance that an officer has to look at."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from handlers.calendar.hours import DAY, local
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step
from handlers.staff.today.item import Item
from storage.attendance import duties
from storage.attendance.duties import Unmarked
from storage.database import Transaction
from storage.teaching import courses
from storage.teaching.course import Course


def items(tx: Transaction, desk: Desk) -> Iterator[Item]:
    yield from _unmarked(tx, desk)
    yield from _waiting(tx, desk)


def _unmarked(tx: Transaction, desk: Desk) -> Iterator[Item]:
    """Each class of today, and of earlier days the first of each course with how many there are."""
    soon = desk.now + timedelta(minutes=desk.organization.attendance.open_minutes)
    found = duties.unmarked(tx, soon)
    about = {each.id: each for each in courses.with_ids(tx, list({each.session.course_id for each in found}))}
    earlier: dict[int, list[Unmarked]] = {}
    for each in found:
        if _end_of_day(desk, each.session.starts_at) > desk.now:
            yield _of_class(desk, about[each.session.course_id], each)
        else:
            earlier.setdefault(each.session.course_id, []).append(each)
    for course_id, those in earlier.items():
        yield _of_class(desk, about[course_id], those[0], len(those) - 1)


def _of_class(desk: Desk, course: Course, one: Unmarked, others: int = 0) -> Item:
    step = Step("출석을 적으려면", "attendance", {"course": course.code, "class": one.session.number})
    more = f", 그리고 {others}개 수업" if others else ""
    when = desk.moment(one.session.starts_at)
    title = f"{called(course)}: {one.session.number}회차({when}) 출석을 적지 않은 분 {one.people}명{more}"
    return Item("attend", title, one.people, step, _end_of_day(desk, one.session.starts_at), course.code)


def _end_of_day(desk: Desk, at: datetime) -> datetime:
    """Until when a slip is mended without a reason."""
    zone = desk.organization.timezone
    return local(at.astimezone(zone).date() + DAY, time(0), zone)


def _waiting(tx: Transaction, desk: Desk) -> Iterator[Item]:
    found = duties.waiting(tx, desk.now)
    about = {each.id: each for each in courses.with_ids(tx, [each.course_id for each in found])}
    for each in found:
        course = about[each.course_id]
        step = Step("보고 정하려면", "attendance", {"course": course.code})
        title = f"{called(course)}: 출석 확인할 것 {each.entries}건"
        yield Item("attend", title, each.entries, step, _end_of_day(desk, each.since), course.code)

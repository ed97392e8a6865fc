"""Classes of today and tomorrow to which some may not come."""

from collections.abc import Iterator
from datetime import time

from handlers.calendar.hours import DAY, local
from handlers.staff.attendance.unsure import unsure
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step
from handlers.staff.today.item import Item
from storage.attendance import coming
from storage.database import Transaction
from storage.teaching import courses


def items(tx: Transaction, desk: Desk) -> Iterator[Item]:
    until = local(desk.today + 2 * DAY, time(0), desk.organization.timezone)
    meetings = {each.course_id: each for each in reversed(coming.between(tx, desk.now, until))}
    for course in courses.with_ids(tx, list(meetings)):
        meeting = meetings[course.id]
        if found := len(unsure(tx, desk, meeting)):
            step = Step("보고 전화하려면", "unsure", {"course": course.code})
            title = f"{called(course)} {meeting.number}회차: 올지 불확실한 분 {found}명"
            yield Item("call", title, found, step, meeting.starts_at, course.code)

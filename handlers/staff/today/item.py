"""A thing that needs doing, until when, and the step that leads to it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from handlers.calendar.hours import local
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step
from storage.teaching.course import Course

Kind = Literal["trouble", "decide", "draw", "few", "call", "attend", "complete", "survey", "talk", "feed", "template"]
Urgency = Literal["now", "late", "today", "soon", ""]

KINDS: dict[Kind, str] = {
    "trouble": "서비스 점검",
    "call": "전화",
    "decide": "결정",
    "draw": "추첨",
    "few": "모집",
    "talk": "상담",
    "attend": "출석",
    "complete": "수료",
    "survey": "설문",
    "feed": "채용공고",
    "template": "템플릿",
}
"""What officers call each kind."""

SOON = timedelta(days=3)


@dataclass(frozen=True)
class Item:
    """`count` is how many are to be dealt with; what has no deadline is for now. `course` is a course's number."""

    kind: Kind
    title: str
    count: int
    step: Step | None
    deadline: datetime | None = None
    course: str = ""

    def urgency(self, desk: Desk) -> Urgency:
        if self.deadline is None:
            return "now"
        if self.deadline < desk.now:
            return "late"
        zone = desk.organization.timezone
        if self.deadline.astimezone(zone).date() <= desk.today:
            return "today"
        return "soon" if self.deadline < desk.now + SOON else ""


@dataclass(frozen=True)
class Trouble:
    """What ails the service itself, which only who runs it knows: what it is, and what to do."""

    title: str
    step: Step | None = None


def begins_at(desk: Desk, course: Course) -> datetime:
    return course.first_class or local(course.start_date, course.start_time, desk.organization.timezone)


def end_of(desk: Desk, course: Course) -> datetime:
    """The end of its last day."""
    return local(course.end_date, time(0), desk.organization.timezone) + timedelta(days=1)

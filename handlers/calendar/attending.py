"""When one can say that one is there, and how many classes complete a course."""

import re
from dataclasses import dataclass, replace

from storage.states import NoShow
from storage.teaching.course import Course

_SHARE = re.compile(r"(?<![\d.])(\d{1,3})(?:\.0+)?\s*(?:%|퍼센트|프로)")


@dataclass(frozen=True)
class AttendanceRules:
    """Of a course; those of the organization where a course has none of its own."""

    completion_percent: int = 80  # of the classes, at least
    open_minutes: int = 15  # so long before a class one can say that one is there
    late_minutes: int = 10  # so long after its start one isn't late yet
    lates_per_absence: int = 3  # so many times late, or gone early, are one absence; 0 is never
    no_show: NoShow = "none"  # what becomes of who had a seat and never came

    def of_course(self, course: Course) -> "AttendanceRules":
        own = {
            "completion_percent": course.completion_percent or stated(course.completion_rule),
            "late_minutes": course.late_minutes,
            "lates_per_absence": course.lates_per_absence,
            "no_show": course.no_show or None,
        }
        return replace(self, **{name: value for name, value in own.items() if value is not None})  # type: ignore[arg-type]


def stated(rule: str) -> int | None:
    """The share of classes that a rule in words asks for: 80 for "80% 이상 출석"; None where it names none, or more."""
    found = {int(share) for share in _SHARE.findall(rule)} if "출석" in rule else set()
    return found.pop() if len(found) == 1 and max(found) <= 100 else None

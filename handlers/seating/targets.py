"""Whom a course takes first: groups as officers name them, and whether a resident belongs to one."""

import re

from handlers.language import dates
from storage.course import Course
from storage.residents import Resident

RETURNING = "경력단절여성"
# By the year of birth, as we know no birthday. An officer may name other ages in the group: 청년(19~34세).
AGES = {"청년": (19, 39), "중장년": (40, 64)}
LIVES_HERE = ("구민", "주민")

_SPAN = re.compile(r"(\d{1,2})(?:세|살)?[~∼-](?:만)?(\d{1,2})(?:세|살)")


def group_of(course: Course, resident: Resident) -> int:
    """The place of the first group a resident belongs to among those the course takes first; then come all others."""
    places = (
        place for place, group in enumerate(course.priority) if _belongs(course, group.replace(" ", ""), resident)
    )
    return next(places, len(course.priority))


def asks(course: Course) -> bool:
    """Whether what residents say of themselves counts in whom the course takes."""
    return course.selection != "first_come" and any(_is_returning(group.replace(" ", "")) for group in course.priority)


def _belongs(course: Course, group: str, resident: Resident) -> bool:
    if _is_returning(group):
        return resident.target == "returning"
    named = next((ages for name, ages in AGES.items() if name in group), None)
    if named:
        span = _SPAN.search(group)
        youngest, oldest = map(int, span.groups()) if span else named
        year = resident.birth_year
        return year is not None and youngest <= dates.age_in(year, course.start_date) <= oldest
    return resident.tie == "lives" and group.endswith(LIVES_HERE)


def _is_returning(group: str) -> bool:
    return any(name in group for name in (RETURNING, "경력보유여성", "재취업여성"))

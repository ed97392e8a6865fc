"""Whom a course takes first: groups as officers name them, and whether a resident belongs to one."""

import re

from handlers.language.days import dates
from storage.people.residents import Resident
from storage.teaching.course import Course

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
    if ages := _ages(group):
        youngest, oldest = ages
        year = resident.birth_year
        return year is not None and youngest <= dates.age_in(year, course.start_date) <= oldest
    return resident.tie == "lives" and group.endswith(LIVES_HERE)


def in_english(group: str, district: str) -> str:
    """What counts of a group, as it is known here; any other stays as officers name it."""
    glued = group.replace(" ", "")
    if _is_returning(glued):
        return "women returning to work"
    if ages := _ages(glued):
        return f"people aged {ages[0]} to {ages[1]}"
    return f"people who live in {district}" if glued.endswith(LIVES_HERE) else group


def _ages(group: str) -> tuple[int, int] | None:
    named = next((ages for name, ages in AGES.items() if name in group), None)
    span = _SPAN.search(group) if named else None
    return (int(span[1]), int(span[2])) if span else named


def _is_returning(group: str) -> bool:
    return any(name in group for name in (RETURNING, "경력보유여성", "재취업여성"))

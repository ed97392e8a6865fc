"""How many have answered a survey: by day, by channel, by course."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.calendar.hours import last_day
from storage.asking import rounds
from storage.asking.rounds import Round
from storage.database import Transaction
from storage.teaching import courses
from storage.teaching.course import Course

CHANNELS = {"chat": "대화", "kiosk": "키오스크", "paper": "종이", "import": "파일"}
"""What officers call the ways in which answers come in."""


@dataclass(frozen=True)
class CourseTurnout:
    course: Course
    round: Round
    answers: int
    attendees: int


@dataclass(frozen=True)
class Turnout:
    """`attendees` is None where not all who were asked are known."""

    by_round: dict[int, int]
    by_day: dict[date, int]
    by_channel: dict[str, int]
    by_course: tuple[CourseTurnout, ...]
    attendees: int | None

    @property
    def answers(self) -> int:
        return sum(self.by_round.values())

    @property
    def rate(self) -> float | None:
        return rate(self.answers, self.attendees)


def rate(answers: int, attendees: int | None) -> float | None:
    """Of those who attend; more than all of them where somebody has left the course after answering."""
    return answers / attendees if attendees else None


def turnout(tx: Transaction, asked: Sequence[Round]) -> Turnout:
    by_round, by_day, by_channel = Counter[int](), Counter[date](), Counter[str]()
    for round_id, day, channel, count in rounds.turnout(tx, [each.id for each in asked]):
        by_round[round_id] += count
        by_day[day] += count
        by_channel[channel] += count
    by_course = _by_course(tx, asked, by_round)
    is_of_courses = bool(asked) and all(each.course_id for each in asked)
    attendees = sum(each.attendees for each in by_course) if is_of_courses else None
    channels = {name: by_channel[name] for name in CHANNELS}
    return Turnout(dict(by_round), dict(by_day), channels, by_course, attendees)


def _by_course(tx: Transaction, asked: Sequence[Round], by_round: Counter[int]) -> tuple[CourseTurnout, ...]:
    of_courses = [each for each in asked if each.course_id]
    found = {course.id: course for course in courses.with_ids(tx, [each.course_id or 0 for each in of_courses])}
    attendees = rounds.attendees(tx, found)
    return tuple(
        CourseTurnout(found[each.course_id], each, by_round[each.id], attendees.get(each.course_id, 0))
        for each in of_courses
        if each.course_id
    )


def period(asked: Sequence[Round], zone: ZoneInfo) -> tuple[date, date] | None:
    """The first and the last day on which any of these is asked."""
    if not asked:
        return None
    opens_at: datetime = min(each.opens_at for each in asked)
    return opens_at.astimezone(zone).date(), max(last_day(each.closes_at, zone) for each in asked)


def official(first: date, last: date) -> str:
    """'26. 9. 26. ~ 10. 7., as reports of offices have it."""
    begin = f"'{first:%y}. {first.month}. {first.day}."
    end = f"{last.month}. {last.day}."
    if first == last:
        return begin
    return f"{begin} ~ {end}" if first.year == last.year else f"{begin} ~ '{last:%y}. {end}"

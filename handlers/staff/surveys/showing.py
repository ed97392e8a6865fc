"""Surveys and their rounds as a screen shows them: how each stands, and where it is answered."""

from dataclasses import dataclass

from handlers.staff.desk.desk import Desk
from handlers.staff.surveys import lookup
from handlers.staff.surveys.rounds import spaced, state
from handlers.staff.surveys.tally.turnout import official, period, turnout
from storage import courses, rounds, sessions, surveys
from storage.course import Course
from storage.database import Transaction
from storage.rounds import Round
from storage.survey import Survey


@dataclass(frozen=True)
class Asked:
    """A round; `course` is None where everybody is asked."""

    round: Round
    course: Course | None
    days: str
    state: str
    is_open: bool
    code: str
    answers: int
    attendees: int | None


@dataclass(frozen=True)
class Shown:
    """`may_open` are courses that have begun and weren't asked yet, where the survey follows courses."""

    survey: Survey
    is_answered: bool
    asked: tuple[Asked, ...]
    may_open: tuple[Course, ...] = ()

    @property
    def answers(self) -> int:
        return sum(each.answers for each in self.asked)

    @property
    def opened(self) -> int:
        return sum(each.is_open for each in self.asked)


def everything(tx: Transaction, desk: Desk) -> list[Shown]:
    return [_shown(tx, desk, each) for each in surveys.all_newest(tx)]


def one(tx: Transaction, desk: Desk, code: str) -> Shown:
    found = _shown(tx, desk, lookup.survey(tx, code))
    if not found.survey.follows_courses:
        return found
    asked = {each.course.id for each in found.asked if each.course}
    begun = [each for each in _begun(tx, desk) if each.id not in asked]
    return Shown(found.survey, found.is_answered, found.asked, tuple(begun))


def _shown(tx: Transaction, desk: Desk, survey: Survey) -> Shown:
    of = rounds.of_code(tx, survey.code)
    counted = turnout(tx, of)
    by_round = {each.round.id: each for each in counted.by_course}
    asked = tuple(
        Asked(
            each,
            by_round[each.id].course if each.id in by_round else None,
            official(*days) if (days := period([each], desk.organization.timezone)) else "",
            state(desk, each),
            each.is_open(desk.now),
            spaced(each.code),
            counted.by_round.get(each.id, 0),
            by_round[each.id].attendees if each.id in by_round else None,
        )
        for each in of[::-1]
    )
    return Shown(survey, surveys.is_answered(tx, survey.id), asked)


def _begun(tx: Transaction, desk: Desk) -> list[Course]:
    known = [each for each in courses.by_code(tx, list(courses.codes(tx))).values() if each.takes_place]
    classes = sessions.of_courses(tx, [each.id for each in known])
    begun = {each.course_id for each in classes if each.starts_at <= desk.now}
    return sorted((each for each in known if each.id in begun), key=lambda each: each.end_date, reverse=True)

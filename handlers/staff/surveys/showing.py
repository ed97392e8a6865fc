"""Surveys and their rounds as a screen shows them: how each stands, and where it is answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.staff.desk.desk import Desk
from handlers.staff.surveys import lookup
from handlers.staff.surveys.rounds import spaced, state
from handlers.staff.surveys.tally.turnout import official, period, turnout
from storage.asking import rounds, surveys
from storage.asking.rounds import Round
from storage.asking.survey import Survey
from storage.database import Transaction
from storage.teaching import courses, sessions
from storage.teaching.course import Course

SHOWN = 50  # rounds


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
class Summary:
    """`opened` is how many rounds are open now."""

    survey: Survey
    opened: int
    answers: int


@dataclass(frozen=True)
class Shown:
    """The newest rounds and those that are open, and how many others there are.

    `may_open` are courses that have begun and weren't asked yet, where the survey follows courses.
    """

    survey: Survey
    is_answered: bool
    asked: tuple[Asked, ...]
    left_out: int
    may_open: tuple[Course, ...]


def everything(tx: Transaction, desk: Desk) -> list[Summary]:
    return [_summary(tx, desk, each) for each in surveys.all_newest(tx)]


def _summary(tx: Transaction, desk: Desk, survey: Survey) -> Summary:
    of = rounds.of_code(tx, survey.code)
    answers = sum(row[-1] for row in rounds.turnout(tx, [each.id for each in of]))
    return Summary(survey, sum(each.is_open(desk.now) for each in of), answers)


def one(tx: Transaction, desk: Desk, code: str) -> Shown:
    survey = lookup.survey(tx, code)
    of = rounds.of_code(tx, survey.code)
    shown = [each for each in of[:-SHOWN] if each.is_open(desk.now)] + of[-SHOWN:]
    known = {each.course_id for each in of}
    may_open = [each for each in _begun(tx, desk) if each.id not in known] if survey.follows_courses else []
    asked = tuple(_asked(tx, desk, shown))
    return Shown(survey, surveys.is_answered(tx, survey.id), asked, len(of) - len(shown), tuple(may_open))


def of_questions(tx: Transaction, _: Desk, code: str) -> tuple[Survey, bool]:
    """A survey, and whether it is answered."""
    survey = lookup.survey(tx, code)
    return survey, surveys.is_answered(tx, survey.id)


def _asked(tx: Transaction, desk: Desk, shown: Sequence[Round]) -> Iterator[Asked]:
    counted = turnout(tx, shown)
    of_courses = {each.round.id: each for each in counted.by_course}
    for each in shown[::-1]:
        of, days = of_courses.get(each.id), period([each], desk.organization.timezone)
        yield Asked(
            each,
            of.course if of else None,
            official(*days) if days else "",
            state(desk, each),
            each.is_open(desk.now),
            spaced(each.code),
            counted.by_round.get(each.id, 0),
            of.attendees if of else None,
        )


def _begun(tx: Transaction, desk: Desk) -> list[Course]:
    known = [each for each in courses.by_code(tx, list(courses.codes(tx))).values() if each.takes_place]
    classes = sessions.of_courses(tx, [each.id for each in known])
    begun = {each.course_id for each in classes if each.starts_at <= desk.now}
    return sorted((each for each in known if each.id in begun), key=lambda each: each.end_date, reverse=True)

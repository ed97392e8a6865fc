"""The surveys of a year: how often was asked, how many answered, and how satisfied they were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.calendar.hours import last_day
from handlers.staff.desk.desk import Desk
from handlers.staff.surveys.tally import grains as survey_grains
from handlers.staff.surveys.tally.editions import editions
from handlers.staff.surveys.tally.figures import Figures, of_points
from handlers.staff.surveys.tally.grains import Grain
from handlers.staff.surveys.tally.results import SATISFACTION, basis_of, text_names, values_of
from handlers.staff.surveys.tally.turnout import CourseTurnout, Turnout, period, rate, turnout
from storage.asking import rounds, surveys
from storage.asking.rounds import Round
from storage.asking.survey import Survey
from storage.database import Transaction

KINDS = {SATISFACTION: "만족도조사", "needs": "수요조사", "other": "그 밖의 설문"}


@dataclass(frozen=True)
class OfKind:
    """Surveys of a kind whose rounds closed in the year; `used` of the answers are in figures."""

    kind: str
    rounds: int
    period: tuple[date, date] | None
    answers: int
    used: int
    attendees: int | None

    @property
    def rate(self) -> float | None:
        return rate(self.answers, self.attendees)


@dataclass(frozen=True)
class Satisfaction:
    """All answers to the five-point questions that `basis` names, and each course that can be shown apart."""

    basis: tuple[str, ...]
    figures: Figures | None
    by_course: tuple[tuple[CourseTurnout, Figures | None], ...]


@dataclass(frozen=True)
class Year:
    year: int
    kinds: tuple[OfKind, ...]
    satisfaction: Satisfaction


@dataclass(frozen=True)
class _Survey:
    """A survey in all its versions, as it was asked in the year."""

    newest: Survey
    asked: tuple[Round, ...]
    turnout: Turnout
    used: int
    basis: str
    grains: tuple[Grain, ...]


def of_year(tx: Transaction, desk: Desk, year: int) -> Year:
    found = [each for survey in surveys.all_newest(tx) if (each := _survey(tx, desk, survey, year)).asked]
    kinds = [_of_kind(desk, kind, [each for each in found if each.newest.kind == kind]) for kind in KINDS]
    return Year(year, tuple(kinds), _satisfaction([each for each in found if each.newest.kind == SATISFACTION]))


def _survey(tx: Transaction, desk: Desk, newest: Survey, year: int) -> _Survey:
    zone, known = desk.organization.timezone, surveys.versions(tx, newest.code)
    asked = [
        each
        for each in rounds.of_code(tx, newest.code)
        if each.closes_at <= desk.now and last_day(each.closes_at, zone).year == year
    ]
    counted = turnout(tx, asked)
    lots = survey_grains.lots(tx, asked, text_names(known))
    every = editions(known)
    basis, chosen = basis_of([edition.item for edition in every])
    grains = [grain for edition in every if edition.item in chosen for grain in survey_grains.grains(lots, edition)]
    return _Survey(newest, tuple(asked), counted, sum(lot.sheets for lot in lots), basis, tuple(grains))


def _of_kind(desk: Desk, kind: str, found: Sequence[_Survey]) -> OfKind:
    asked = [round_ for each in found for round_ in each.asked]
    attendees = [each.turnout.attendees for each in found]
    known = [count for count in attendees if count is not None]
    return OfKind(
        kind,
        len(asked),
        period(asked, desk.organization.timezone),
        sum(each.turnout.answers for each in found),
        sum(each.used for each in found),
        sum(known) if known and len(known) == len(attendees) else None,
    )


def _satisfaction(found: Sequence[_Survey]) -> Satisfaction:
    return Satisfaction(
        tuple(f"{each.newest.title.ko}: {each.basis}" for each in found),
        of_points(values_of(grain for each in found for grain in each.grains)),
        tuple(pair for each in found for pair in _by_course(each)),
    )


def _by_course(of: _Survey) -> Iterator[tuple[CourseTurnout, Figures | None]]:
    for each in of.turnout.by_course:
        yield each, of_points(values_of(grain for grain in of.grains if grain.course_id == each.course.id))

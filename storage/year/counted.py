"""What of a year is counted from rows that courses and surveys left: one query a sort of rows, however many courses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select

from storage.completion import followups
from storage.database import Transaction
from storage.states import Counted, Daypart
from storage.tables import courses, enrollments, qualifications, survey_rounds, survey_turnout, surveys
from storage.tables import followups as asked
from storage.teaching.courses import TAKES_PLACE


@dataclass(frozen=True)
class Held:
    """A course that takes place, or has."""

    id: int
    code: str
    title: str
    category: str
    operation: str
    daypart: Daypart
    term: str
    start_date: date
    counts_toward_kpi: bool


@dataclass(frozen=True)
class Asked:
    """A survey as it was asked once, and how many answered."""

    survey_id: int
    kind: str  # as the survey has it
    course: str | None  # its title, of one that followed a course
    opens_at: datetime
    closes_at: datetime
    answers: int


_HELD = select(
    courses.c.id,
    courses.c.code,
    courses.c.title,
    courses.c.category,
    courses.c.operation,
    courses.c.daypart,
    courses.c.term,
    courses.c.start_date,
    courses.c.counts_toward_kpi,
)


# In a list that is made once: PostgreSQL would look again for each of them otherwise.
_OF_COMPLETERS: Mapping[Counted, ColumnElement[bool]] = {
    "completers": enrollments.c.state == "completed",
    "certificates": enrollments.c.id.in_(select(qualifications.c.enrollment_id)),
    "placed": enrollments.c.id.in_(select(asked.c.enrollment_id).where(asked.c.answer.in_(followups.WORKING))),
}


def _begun(since: date, until: date) -> tuple[ColumnElement[bool], ...]:
    """Courses that began in these days and are neither cancelled nor hidden."""
    in_time = courses.c.start_date >= since, courses.c.start_date <= until
    return *in_time, TAKES_PLACE, courses.c.state != "hidden"


def begun(tx: Transaction, since: date, until: date) -> list[Held]:
    """In the order in which they began."""
    query = _HELD.where(*_begun(since, until)).order_by(courses.c.start_date, courses.c.code)
    return [Held(*row) for row in tx.execute(query).all()]


def of_completers(
    tx: Transaction, since: date, until: date, kinds: Collection[Counted]
) -> dict[Counted, dict[int, int]]:
    """By course that began in these days, how many completed it, and how many of them acquired a qualification or work.

    One each, whatever they have, and after whichever of the months in which they were asked.
    """
    wanted = [kind for kind in _OF_COMPLETERS if kind in kinds]
    if not wanted:
        return {}
    of = enrollments.c.course_id
    counts = (func.count().filter(_OF_COMPLETERS[kind]) for kind in wanted)
    counted = select(of, *counts).join(courses, courses.c.id == of).where(enrollments.c.state == "completed")
    found = tx.execute(counted.where(*_begun(since, until)).group_by(of)).all()
    return {kind: {row[0]: row[place] for row in found} for place, kind in enumerate(wanted, 1)}


def surveys_closed(tx: Transaction, since: datetime, before: datetime) -> list[Asked]:
    """Those that closed in this time and that somebody answered, the first to open first."""
    rounds = survey_rounds.join(surveys).join(survey_turnout).outerjoin(courses)
    of_round = (survey_rounds.c.opens_at, survey_rounds.c.closes_at)
    columns = (survey_rounds.c.survey_id, surveys.c.kind, courses.c.title, *of_round)
    query = select(*columns, func.sum(survey_turnout.c.count)).select_from(rounds)
    in_time = (survey_rounds.c.closes_at > since, survey_rounds.c.closes_at <= before)
    grouped = query.where(*in_time).group_by(survey_rounds.c.id, *columns).having(func.sum(survey_turnout.c.count) > 0)
    return [Asked(*row) for row in tx.execute(grouped.order_by(survey_rounds.c.opens_at, survey_rounds.c.id)).all()]

"""What of a year is counted from rows that courses and surveys left: one query a sort of rows, however many courses."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from storage import followups
from storage.courses import TAKES_PLACE
from storage.database import Transaction, there_is
from storage.states import Daypart
from storage.tables import courses, enrollments, qualifications, survey_rounds, survey_turnout, surveys
from storage.tables import followups as asked


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


def _begun(since: date, until: date) -> tuple[ColumnElement[bool], ...]:
    """Courses that began in these days and are neither cancelled nor hidden."""
    in_time = courses.c.start_date >= since, courses.c.start_date <= until
    return *in_time, TAKES_PLACE, courses.c.state != "hidden"


def begun(tx: Transaction, since: date, until: date) -> list[Held]:
    """In the order in which they began."""
    query = _HELD.where(*_begun(since, until)).order_by(courses.c.start_date, courses.c.code)
    return [Held(*row) for row in tx.execute(query)]


def completers(tx: Transaction, since: date, until: date) -> dict[int, int]:
    """By course that began in these days, how many completed it."""
    return _completed(tx, since, until)


def acquirers(tx: Transaction, since: date, until: date) -> dict[int, int]:
    """How many of them have a qualification that they acquired after it; one each, whatever they have."""
    has_one = there_is(qualifications, qualifications.c.enrollment_id == enrollments.c.id)
    return _completed(tx, since, until, has_one)


def placed(tx: Transaction, since: date, until: date) -> dict[int, int]:
    """How many of them told that they work, after whichever of the months in which they were asked; one each."""
    works = asked.c.answer.in_(followups.WORKING)
    return _completed(tx, since, until, there_is(asked, asked.c.enrollment_id == enrollments.c.id, works))


def _completed(tx: Transaction, since: date, until: date, *these: ColumnElement[bool]) -> dict[int, int]:
    count: Select[Any] = select(enrollments.c.course_id, func.count())
    counted = count.join(courses, courses.c.id == enrollments.c.course_id).where(enrollments.c.state == "completed")
    grouped = counted.where(*_begun(since, until), *these).group_by(enrollments.c.course_id)
    return {row[0]: row[1] for row in tx.execute(grouped)}


def surveys_closed(tx: Transaction, since: datetime, before: datetime) -> list[Asked]:
    """Those that closed in this time and that somebody answered, the first to open first."""
    rounds = survey_rounds.join(surveys).join(survey_turnout).outerjoin(courses)
    of_round = (survey_rounds.c.opens_at, survey_rounds.c.closes_at)
    columns = (survey_rounds.c.survey_id, surveys.c.kind, courses.c.title, *of_round)
    query = select(*columns, func.sum(survey_turnout.c.count)).select_from(rounds)
    in_time = (survey_rounds.c.closes_at > since, survey_rounds.c.closes_at <= before)
    grouped = query.where(*in_time).group_by(survey_rounds.c.id, *columns).having(func.sum(survey_turnout.c.count) > 0)
    return [Asked(*row) for row in tx.execute(grouped.order_by(survey_rounds.c.opens_at, survey_rounds.c.id))]

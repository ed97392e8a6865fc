"""Makes the report on a half-year, or on a whole year, in its twelve parts, from rows that are read once."""

from collections.abc import Callable, Sequence

from handlers.staff.desk.desk import Desk
from handlers.staff.year.reports.report import Report, Section
from handlers.staff.year.reports.sections import (
    attachments,
    courses,
    examples,
    given,
    jobs,
    money,
    overview,
    people,
    plan,
    problems,
    promotion,
    satisfaction,
    teaching,
)
from handlers.staff.year.reports.sections.given import Given
from storage.database import Transaction

PARTS: Sequence[Callable[[Given], Section]] = tuple(
    each.section
    for each in (
        overview, courses, teaching, money, people, satisfaction,
        promotion, jobs, examples, problems, plan, attachments,
    )
)  # fmt: skip


def report(tx: Transaction, desk: Desk, year: int, half: int | None) -> Report:
    """`half` is 1 or 2, or None for the whole year. Nobody's name stands in it."""
    read = given.read(tx, desk, year, half)
    return Report(f"{read.name} 직업교육 결과보고", year, half, tuple(part(read) for part in PARTS))

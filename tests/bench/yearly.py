"""A year of a district with 200 courses a year for ten years: how long its figures and its card take."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from handlers.staff.desk.desk import Desk
from handlers.staff.year import listing
from handlers.staff.year.cards import carding
from handlers.staff.year.counted import money
from storage import rounds, surveys, tables
from storage.database import Database, Transaction
from storage.states import Counted
from storage.survey import Survey, Wording
from storage.year import entries
from storage.year.entries import BudgetEntry, Indicator
from tests.bench.planning import ORGANIZATION, databases, timed
from tests.support import policy
from tests.support.domain import COURSE

YEARS, COURSES, APPLIED, COMPLETED = range(2017, 2027), 200, 18, 12
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
KINDS: tuple[Counted, ...] = ("courses", "completers", "certificates", "placed")
SURVEY = Survey("만족도조사", 1, "satisfaction", Wording("만족도 조사"), Wording(""), True, "attendees", ())

Work = Callable[[Transaction, Desk], object]
PAGES: dict[str, Work] = {
    "the year": lambda tx, desk: listing.show(tx, desk, 2026),
    "the card": lambda tx, desk: carding.card(tx, desk, 2026, 4),
    "what courses cost": lambda tx, desk: money.costs(tx, desk, 2026),
    "the rows of a figure": lambda tx, desk: listing.sources(tx, desk, "courses", 2026),
}


async def run(folder: Path) -> None:
    total = len(YEARS) * COURSES
    print(
        f"\nA year: {total:,} courses of {len(YEARS)} years, {total * APPLIED:,} applications, {len(KINDS)} indicators"
    )
    async for name, database in databases(folder):
        await database.write(_begin)
        for year in YEARS:
            await database.write(partial(_fill, year=year))
        print(f"{name:11} " + ", ".join([await _measured(database, page, work) for page, work in PAGES.items()]))


async def _measured(database: Database, page: str, work: Work) -> str:
    desk = Desk(ORGANIZATION, NOW)
    took = [await timed(lambda: database.read(lambda tx: work(tx, desk))) for _ in range(5)]
    return f"{page} {min(took) * 1000:.0f} ms"


def _begin(tx: Transaction) -> None:
    entries.save(tx, [policy.task(), *(Indicator(0, kind, kind, "명") for kind in KINDS)])
    surveys.add(tx, SURVEY)


def _fill(tx: Transaction, year: int) -> None:
    survey = surveys.newest(tx, SURVEY.code)
    assert survey
    for number in range(COURSES):
        course = _course(tx, year, number)
        _people(tx, course, year)
        closes = datetime(year, 6 if number % 2 else 11, 20, tzinfo=UTC)
        rounds.open_round(tx, f"{year}/{number}", survey.id, course, closes - timedelta(days=10), closes)
        round_ = rounds.of_code(tx, survey.code, course)[0].id
        tx.execute(tables.survey_turnout.insert().values(round_id=round_, day=closes.date(), channel="chat", count=9))
        spent = BudgetEntry(0, year, "spent", "district", date(year, 5, 1), 4_000_000, "강사료", "", course)
        entries.save(tx, [spent, replace(spent, item="재료비", amount=500_000)])


def _course(tx: Transaction, year: int, number: int) -> int:
    half = 2 - number % 2
    dates = {"start_date": date(year, 3 if half == 1 else 9, 1), "end_date": date(year, 6 if half == 1 else 11, 20)}
    course: dict[str, Any] = {**COURSE, **dates, "code": f"{year}-{number}", "title": f"과정 {number}"}
    found = tx.execute(
        tables.courses.insert().values({**course, "term": f"{year}-H{half}"}).returning(tables.courses.c.id)
    )
    return int(found.scalar_one())


def _people(tx: Transaction, course: int, year: int) -> None:
    people = tx.execute(
        tables.residents.insert().returning(tables.residents.c.id), [{"language": "ko", "created_at": NOW}] * APPLIED
    ).scalars()
    rows = [
        {
            "course_id": course,
            "resident_id": each,
            "state": "completed" if number < COMPLETED else "not_selected",
            "channel": "web",
            "applied_at": NOW,
            "ended_at": NOW,
        }
        for number, each in enumerate(people)
    ]
    found = list(tx.execute(tables.enrollments.insert().returning(tables.enrollments.c.id), rows).scalars())
    acquired = {"name": "바리스타", "acquired_on": date(year, 12, 1), "told_at": NOW}
    tx.execute(tables.qualifications.insert(), [{"enrollment_id": each, **acquired} for each in found[:8]])
    works = {"stage": 3, "asked_at": NOW, "answer": "related", "answered_at": NOW}
    tx.execute(tables.followups.insert(), [{"enrollment_id": each, **works} for each in found[:5]])

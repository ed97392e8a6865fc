"""A year of a district with 200 courses a year for ten years: how long its figures, card and report take."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.documents import half_year
from handlers.staff.desk.desk import Desk
from handlers.staff.year import listing
from handlers.staff.year.cards import carding
from handlers.staff.year.counted import money
from handlers.staff.year.reports import reporting
from storage import tables
from storage.asking import rounds, surveys
from storage.asking.survey import Survey, Wording
from storage.database import Database, Transaction
from storage.states import Counted
from storage.year import entries
from storage.year.entries import BudgetEntry, Indicator
from tests.bench.measuring import ORGANIZATION, databases, timed
from tests.support.domain import COURSE
from tests.support.year import policy

YEARS, COURSES, APPLIED, COMPLETED = range(2017, 2027), 200, 18, 12
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PRINTED = (".pdf", ".xlsx", ".hwpx")
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
        print(f"{name:11} the report of the year: " + ", ".join([each async for each in _reported(database)]))


async def _measured(database: Database, page: str, work: Work) -> str:
    desk = Desk(ORGANIZATION, NOW)
    return f"{page} {await _quickest(lambda: database.read(lambda tx: work(tx, desk))):.0f} ms"


async def _reported(database: Database) -> AsyncIterator[str]:
    """Its figures, and each file with them, as whoever asks for it waits."""
    desk = Desk(ORGANIZATION, NOW)
    count = partial(database.read, lambda tx: reporting.report(tx, desk, 2026, None))
    report, figures = await count(), await _quickest(count)
    yield f"its figures {figures:.0f} ms"
    for suffix in PRINTED:
        written = await _quickest(partial(asyncio.to_thread, half_year.write, report, suffix))
        yield f"{suffix} {figures + written:.0f} ms (its file {written:.0f} ms)"


async def _quickest(work: Callable[[], Awaitable[object]]) -> float:
    """Of five, in ms."""
    return min([await timed(work) for _ in range(5)]) * 1000


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

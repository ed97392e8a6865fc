"""Results of a survey that 10,000 people have answered: how long they take, and how much memory."""

import json
import random
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from handlers.staff.desk.desk import Desk
from handlers.staff.files.reading import json as json_files
from handlers.staff.surveys.sheets import importing
from handlers.staff.surveys.tally import results, years
from storage.asking import answers, rounds, surveys
from storage.asking.survey import Item
from storage.database import Database, Transaction
from storage.tables import survey_answers, survey_lots, survey_turnout
from tests.bench.measuring import ORGANIZATION, databases, memory, timed
from tests.support.domain import COURSE, add_course
from tests.support.surveys.poll import standard

SHEETS, COURSES = 10_000, 100
WAYS = ("chat", "paper", "kiosk")
OPENED = datetime(2026, 11, 23, 10, tzinfo=UTC)
NOW = OPENED + timedelta(days=30)


async def run(folder: Path) -> None:
    print(f"\nSurvey results: {SHEETS:,} sheets of 20 questions, settled; in one round, and in {COURSES} courses")
    async for name, database in databases(folder):
        await database.write(_imports)
        await _measure(name, database, "수요조사", "one round")
        await _measure(name, database, "만족도조사", f"{COURSES} courses")


async def _measure(name: str, database: Database, code: str, kind: str) -> None:
    for number in range(1 if code == "수요조사" else COURSES):
        await database.write(partial(_answered, code=code, number=number))
    desk = Desk(ORGANIZATION, NOW)
    before = memory()
    took = [await timed(lambda: database.read(lambda tx: results.of_survey(tx, desk, code))) for _ in range(3)]
    year = await timed(lambda: database.read(lambda tx: years.of_year(tx, desk, 2026)))
    grown = memory() - before
    print(
        f"{name:11} {kind:12} results in {min(took):.2f} s, the year in {year:.2f} s, most Python memory "
        f"{await _peak(database, desk, code):.1f} MB, process +{grown:.0f} MB"
    )


async def _peak(database: Database, desk: Desk, code: str) -> float:
    """In MB, by itself since it makes all slower."""

    def traced(tx: Transaction) -> float:
        tracemalloc.start()
        results.of_survey(tx, desk, code)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        return peak

    return await database.read(traced)


def _imports(tx: Transaction) -> None:
    rows = json_files.read("surveys.json", json.dumps({"surveys": standard()}).encode())
    importing.import_surveys(tx, Desk(ORGANIZATION, OPENED), rows)


def _answered(tx: Transaction, code: str, number: int) -> None:
    """A round as it is once it is settled: rows of single answers, in any order."""
    survey = surveys.newest(tx, code)
    assert survey
    course = add_course(tx, {**COURSE, "code": f"B{number}"}) if survey.follows_courses else None
    if course:
        rounds.open_round(tx, f"{code}/{course}", survey.id, course, OPENED, OPENED + timedelta(days=10))
    round_ = rounds.of_code(tx, code, course)[0]
    people, chance = SHEETS // (COURSES if course else 1), random.Random(number)
    rows = [_row(round_.id, survey.id, item, chance) for item in survey.items for _ in range(people)]
    as_many = people * (20 - len(survey.items))  # of a shorter survey some questions count twice
    rows = [{**row, "id": answers.random_id()} for row in (*rows, *rows[:as_many])]
    tx.execute(survey_answers.insert(), rows)
    turnout = {"round_id": round_.id, "day": date(2026, 11, 24), "channel": "chat", "count": people}
    tx.execute(survey_turnout.insert().values(turnout))
    lots = [{"round_id": round_.id, "channel": way, "sheets": people // 3, "unproven": 0} for way in WAYS]
    tx.execute(survey_lots.insert(), lots)
    rounds.settled(tx, round_.id, OPENED + timedelta(days=11, seconds=number))


def _row(round_id: int, survey_id: int, item: Item, chance: random.Random) -> dict[str, object]:
    labels = item.labels if item.kind in ("single", "multi") else ()
    value = chance.choice(labels) if labels else "좋았어요" if item.kind == "text" else str(chance.randint(1, 5))
    channel = chance.choice(WAYS)
    return {"round_id": round_id, "survey_id": survey_id, "question": item.name, "value": value, "channel": channel}

"""The courses and people of whom the sentences of tests/understanding speak, and how answers to them are judged."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from storage.database import Transaction
from storage.tables import addresses, enrollments, residents
from tests.support.domain import COURSE, SEOUL, add_course

FOLDER = Path(__file__).parents[2] / "understanding"
NOW = datetime(2026, 3, 10, 10, 0, tzinfo=SEOUL)
WEEKDAYS = "월화수목금토일"
PEOPLE: dict[str, dict[str, str]] = {
    "new": {},
    "one": {"tidy": "confirmed"},
    "two": {"cleaning": "confirmed", "aircon": "waiting"},
}


@dataclass(frozen=True)
class World:
    """Ids of the courses by their codes and of people by their names, and what the file says of the courses."""

    ids: dict[str, int]
    people: dict[str, int]
    courses: dict[str, dict[str, Any]]

    def code(self, course_id: int) -> str:
        return next(code for code, each in self.ids.items() if each == course_id)


def build(tx: Transaction) -> World:
    """The courses, the people of `PEOPLE` at web addresses of their names, and a full course with a line."""
    written = tomllib.loads((FOLDER / "world.toml").read_text(encoding="utf-8"))
    ids = {code: add_course(tx, _course(code, row)) for code, row in written.items()}
    for code, row in written.items():
        for number in range(COURSE["capacity"] + 2 if row.get("full") else 0):
            state = "confirmed" if number < COURSE["capacity"] else "waiting"
            _enroll(tx, _person(tx, f"{code}{number}"), ids[code], state)
    people = {name: _person(tx, name) for name in PEOPLE}
    for name, held in PEOPLE.items():
        for code, state in held.items():
            _enroll(tx, people[name], ids[code], state)
    return World(ids, people, written)


def open_chat(tx: Transaction, person: int, address: str) -> None:
    """One more chat of somebody, in which nothing was said yet."""
    tx.execute(insert(addresses).values(resident_id=person, channel="web", address=address, created_at=NOW))


def _course(code: str, row: dict[str, Any]) -> dict[str, Any]:
    begin, end = (time.fromisoformat(each) for each in row["time"].split("-"))
    first, last = (date.fromisoformat(each) for each in row["dates"])
    opens, closes = (datetime.combine(date.fromisoformat(each), time(9), SEOUL) for each in row["apply"])
    given = {name: row[name] for name in ("title", "category", "venue") if name in row}
    return {
        **COURSE, **given, "code": code, "certificate": row.get("certificate", ""), "term": "2026-H1", "directions": "",
        "daypart": "evening" if begin.hour >= 18 else "weekend" if row["days"] in ("토", "토일") else "day",
        "apply_start": opens, "apply_end": closes.replace(hour=18), "start_date": first, "end_date": last,
        "weekdays": tuple(WEEKDAYS.index(day) for day in row["days"]), "start_time": begin, "end_time": end,
        "material_fee": row.get("fee", 0), "exam_fee": 0, "keywords": tuple(row["keywords"]),
        "selection": row.get("selection", "first_come"), "audience": row.get("audience", ""), "term_limit": 0,
        "description": "",
    }  # fmt: skip


def _person(tx: Transaction, name: str) -> int:
    row = {
        "name": "홍길동",
        "birth_year": 1960,
        "mobile": "+821000000001",
        "dong": "신당동",
        "tie": "lives",
        "language": "ko",
    }
    person: int = tx.execute(insert(residents).values(**row, created_at=NOW).returning(residents.c.id)).scalar_one()
    open_chat(tx, person, name)
    return person


def _enroll(tx: Transaction, person: int, course: int, state: str) -> None:
    tx.execute(
        insert(enrollments).values(course_id=course, resident_id=person, state=state, channel="web", applied_at=NOW)
    )

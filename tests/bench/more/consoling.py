"""Every page of the console with a thousand courses and a hundred thousand people: time on the server, and weight."""

import time
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import insert

from bot.console.pages import PAGES
from storage.database import Transaction
from storage.engine import schema
from storage.engine.opening import open_database
from storage.tables import addresses, enrollments, residents
from tests.support.console.counter import AtDesk, counter_of
from tests.support.domain import COURSE, MONDAY, SEAL, School, add_course

PEOPLE, COURSES, IN_ONE = 100_000, 1000, 40
ROUNDS = 7
SURNAMES, GIVEN = "김이박최정강조윤장임한오서신권황안송전홍", "가나다라마바사아자차카타파하미영수진희경"
SLOW, HEAVY = 100, 100  # milliseconds, kilobytes
FOUND = ["/desk/search?q=김가나", "/desk/search?q=ㄱㄱㄴ", "/desk/search?q=1234", "/desk/people/merge?kept=1&gone=2"]


async def run(folder: Path) -> None:
    print(f"\nConsole: {PEOPLE:,} people, {COURSES:,} courses; milliseconds (first, median of {ROUNDS}), kilobytes")
    database = await open_database(f"sqlite+aiosqlite:///{folder / 'console.db'}", SEAL)
    school = School(database)
    await database.write(schema.upgrade)
    await database.write(_fill)
    async with counter_of(school) as counter:
        lead = await counter.officer("lead")
        await lead.sends("/desk/people/1", {"purpose": "전화 문의"})  # which is asked for before anything is shown
        for path in [*_paths(), *FOUND]:
            await _measure(lead, path)
    await database.close()


async def _measure(lead: AtDesk, path: str) -> None:
    spent = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        answer = await lead.http.get(path)
        spent.append((time.perf_counter() - began) * 1000)
    first, usual, weight = spent[0], median(spent[1:]), len(answer.content) / 1024
    marks = "".join([" SLOW" if usual > SLOW else "", " HEAVY" if weight > HEAVY else ""])
    print(f"  {path:<44} {answer.status_code} {first:8.1f} {usual:8.1f} {weight:8.1f}{marks}")


def _paths() -> list[str]:
    return [f"/desk{_filled(page.path)}" for page in PAGES if page.look]


def _filled(path: str) -> str:
    parts = ["C1" if part == "{code}" else "1" if part.startswith("{") else part for part in path.split("/")]
    return "/".join(parts)


def _fill(tx: Transaction) -> None:
    for number in range(1, COURSES + 1):
        term = {"term": f"{2020 + number // 200}-H1", "apply_end": MONDAY + timedelta(days=number % 60 - 30)}
        add_course(tx, {**COURSE, "code": f"C{number}", **term})
    tx.execute(insert(residents), [_person(number) for number in range(1, PEOPLE + 1)])
    tx.execute(
        insert(addresses),
        [
            {"resident_id": number, "channel": "telegram", "address": str(number), "created_at": MONDAY}
            for number in range(1, PEOPLE + 1)
        ],
    )
    seats = [_seat(1, number, "confirmed" if number <= 15 else "waiting") for number in range(1, IN_ONE + 1)]
    seats += [_seat(2 + number % (COURSES - 1), number, "confirmed") for number in range(100, PEOPLE, 7)]
    tx.execute(insert(enrollments), seats)


def _person(number: int) -> dict[str, Any]:
    name = SURNAMES[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number // 400 % 20]
    told = {"name": name, "birth_year": 1950 + number % 50, "mobile": f"+8210{10_000_000 + number}"}
    return {"id": number, **told, "language": "ko", "created_at": MONDAY}


def _seat(course: int, resident: int, state: str) -> dict[str, Any]:
    seat = {"course_id": course, "resident_id": resident, "state": state, "channel": "telegram"}
    return {**seat, "applied_at": MONDAY}

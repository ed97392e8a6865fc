"""The demo: an invented half-year, moved so that `now` shows every status of a course, and a bot in KakaoTalk."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.demo import polls, postings, questions, year
from bot.sections import Kakao
from handlers.dialogue.organization import Organization
from handlers.staff.courses.sheets import importing, reading
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Meant
from handlers.staff.files import moments
from handlers.staff.files.reading import sheets
from handlers.staff.files.rows import Row, Value
from storage.counseling import counselors
from storage.counseling.counselors import Counselor
from storage.database import Transaction
from storage.seating import enrollments
from storage.states import EnrollmentState
from storage.tables import residents
from storage.teaching import courses
from storage.teaching.course import Course

COURSES = Path(__file__).with_name("courses.json")
WEEK = timedelta(days=7)
PAUSE = timedelta(minutes=7)  # between two people who enroll

Seats = Mapping[EnrollmentState, int]  # how many enrollments in each state


def kakao() -> Kakao:
    """A bot that KakaoTalk doesn't know, with a secret that nobody does."""
    return Kakao(bot_id="demo", skill_secret=SecretStr(secrets.token_urlsafe(32)), block_id="demo")


def fill(tx: Transaction, now: datetime, organization: Organization) -> bool:
    """Fill an empty database; False, and nothing done, when it has courses already."""
    if courses.exist(tx):
        return False
    desk = Desk(replace(organization, closed_days={}), now)  # what a real team closes for moves no invented class
    rows = shifted_rows(desk.today, organization.timezone)
    imported = importing.import_courses(tx, desk, rows, meant=Meant(as_written=True))
    if imported.is_refused:
        raise ValueError("\n".join(map(str, imported.problems)))
    for code, reason in _content()["closed"].items():
        courses.cancel(tx, courses.by_code(tx, [code])[code].id, reason)
    _enroll(tx, _content()["enrollments"], now)
    polls.fill(tx, desk)
    postings.fill(tx, desk)
    questions.fill(tx, desk)
    year.fill(tx, desk)
    _open_job_centre(tx)
    return True


def _open_job_centre(tx: Transaction) -> None:
    where = ("일자리플러스센터 상담실(예시)", "승강기에서 내려 왼쪽", "02-000-0000")
    for name, weekdays in (("A", (0, 1, 2, 3, 4)), ("B", (1, 3))):
        counselor = Counselor(0, f"DEMO-{name}", f"상담사 {name}(예시)", *where)
        mornings = {weekday: [(time(10), time(12))] for weekday in weekdays}
        counselors.set_week(tx, counselors.save(tx, counselor), mornings)


def shifted_rows(today: date, timezone: ZoneInfo) -> list[Row]:
    """Registration moves by days, so that its state is always the same; classes by weeks, so their weekdays are."""
    days = today - date.fromisoformat(_content()["demo_now"])
    weeks = -(-days // WEEK) * WEEK
    return [_off_holidays(_moved(row, days, weeks), timezone) for row in sheets.read(COURSES)]


def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(COURSES.read_text(encoding="utf-8"))
    return content


def _moved(row: Row, days: timedelta, weeks: timedelta) -> Row:
    start = moments.day(row.cells["시작일"]) + weeks
    cells: dict[str, Value] = {
        "접수시작": moments.opening(row.cells["접수시작"]) + days,
        "접수종료": moments.closing(row.cells["접수종료"]) + days,
        "시작일": start,
        "종료일": moments.day(row.cells["종료일"]) + weeks,
        "학기": f"{start.year}-H{1 if start.month < 7 else 2}",
    }
    return replace(row, cells={**row.cells, **cells})


def _off_holidays(row: Row, timezone: ZoneInfo) -> Row:
    """A course of a single day that falls on a holiday moves on by weeks."""
    later = (_moved(row, timedelta(), week * WEEK) for week in range(5))
    return next((one for one in later if reading.check([one], timezone, {}).planned), row)


def _enroll(tx: Transaction, seats: Mapping[str, Seats], now: datetime) -> None:
    found = courses.by_code(tx, list(seats))
    people = iter(_invent(tx, sum(sum(states.values()) for states in seats.values()), now))
    for code, states in seats.items():
        ordered = [state for state, count in states.items() for _ in range(count)]
        _take_seats(tx, found[code], ordered, [next(people) for _ in ordered])


def _invent(tx: Transaction, count: int, now: datetime) -> Sequence[int]:
    """Residents without name or address: nobody writes to them."""
    rows = [{"language": "ko", "created_at": now} for _ in range(count)]
    return tx.execute(residents.insert().returning(residents.c.id), rows).scalars().all()


def _take_seats(tx: Transaction, course: Course, states: Sequence[EnrollmentState], people: Sequence[int]) -> None:
    for number, (state, resident_id) in enumerate(zip(states, people, strict=True)):
        enrollments.add(tx, course.id, resident_id, state, "web", course.apply_start + number * PAUSE)

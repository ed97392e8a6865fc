"""The table of courses: filtered and in an order, a page at a time, with where its seats stand."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from handlers.language.letters.jamo import initials
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import term
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.files.cells import compact
from storage.database import Transaction
from storage.seating import turns
from storage.teaching import courses
from storage.teaching.course import Course
from storage.teaching.courses import Brief

Stage = Literal["upcoming", "open", "closed", "running", "ended", "hidden", "suspended", "cancelled"]

STAGES: Mapping[Stage, str] = {
    "upcoming": "접수 전",
    "open": "접수 중",
    "closed": "접수 마감",
    "running": "수업 중",
    "ended": "끝남",
    "hidden": "비공개",
    "suspended": "접수중지",
    "cancelled": "폐강",
}
LIVING = "now"  # all that isn't over or closed
ORDERS: Mapping[str, tuple[str, Callable[[Brief], Any]]] = {
    "deadline": ("접수 마감 순", lambda one: (one.apply_end, one.code)),
    "start": ("개강 순", lambda one: (one.start_date, one.code)),
    "code": ("번호 순", lambda one: one.code),
    "title": ("이름 순", lambda one: (one.title, one.code)),
}
SIZE = 50
COLUMNS = ("번호", "과정명", "학기", "자리", "대기", "결정 전", "답을 기다림", "접수 마감", "개강", "상태")


@dataclass(frozen=True)
class Asked:
    """What is looked for; what isn't known is as if nothing was said."""

    term: str = ""
    stage: str = ""  # "" is all that isn't over or closed, and "all" really all
    text: str = ""
    order: str = "deadline"
    page: int = 1


@dataclass(frozen=True)
class Line:
    course: Course
    stage: Stage
    offered: int

    @property
    def confirmed(self) -> int:
        return self.course.held - self.offered


@dataclass(frozen=True)
class Listed:
    """One page, how many there are in all, and the terms to choose from."""

    lines: tuple[Line, ...]
    count: int
    page: int
    pages: int
    terms: tuple[tuple[str, str], ...]


def listed(tx: Transaction, desk: Desk, asked: Asked, only: Collection[int] | None = None) -> Listed:
    """Of `only` these courses where somebody may not see all."""
    everything = [each for each in courses.briefs(tx) if only is None or each.id in only]
    terms = sorted({each.term for each in everything}, reverse=True)
    _, order = ORDERS.get(asked.order, ORDERS["deadline"])
    today = desk.today
    found = sorted((each for each in everything if _is_asked(each, asked, desk.now, today)), key=order)
    pages = max(1, math.ceil(len(found) / SIZE))
    page = min(max(asked.page, 1), pages)
    ids = [each.id for each in found[(page - 1) * SIZE : page * SIZE]]
    offered = turns.count_offered(tx, ids)
    shown = courses.with_ids(tx, ids)
    lines = (Line(each, _stage(each, desk.now, today), offered.get(each.id, 0)) for each in shown)
    return Listed(tuple(lines), len(found), page, pages, tuple((each, term(each)) for each in terms))


def stage_of(course: Brief | Course, desk: Desk) -> Stage:
    """Where a course is, by its state and by the time."""
    return _stage(course, desk.now, desk.today)


def _stage(course: Brief | Course, now: datetime, today: date) -> Stage:
    if course.state == "cancelled":
        return "cancelled"
    if today > course.end_date:
        return "ended"
    if course.state == "hidden":
        return "hidden"
    if today >= course.start_date:
        return "running"
    if course.state == "suspended":
        return "suspended"
    return _applying(course, now)


def _applying(course: Brief | Course, now: datetime) -> Stage:
    if now < course.apply_start:
        return "upcoming"
    return "open" if now <= course.apply_end else "closed"


def _is_asked(one: Brief, asked: Asked, now: datetime, today: date) -> bool:
    if asked.term and one.term != asked.term:
        return False
    stage = _stage(one, now, today)
    if asked.stage in STAGES and stage != asked.stage:
        return False
    if asked.stage in ("", LIVING) and stage in ("ended", "cancelled"):
        return False
    return not asked.text or _has_words(one, asked.text)


def _has_words(one: Brief, text: str) -> bool:
    """All of the words, in whichever column, also by the first consonants of the title."""
    hay = _hay(one.code, one.title, one.venue, one.instructor)
    return all(word in hay for word in map(compact, text.split()))


@lru_cache(maxsize=10_000)
def _hay(*texts: str) -> str:
    """What is looked through; no word reaches from one text into the next."""
    return "\n".join([*map(compact, texts), initials(compact(texts[1]))])


def show(tx: Transaction, desk: Desk, term: str = "", text: str = "", everything: bool = False, page: int = 1) -> Told:
    """As a table for a terminal."""
    found = listed(tx, desk, Asked(term, "all" if everything else "", text, page=page))
    if not found.lines:
        return Told("찾는 과정이 없습니다.")
    rows = tuple(_row(line, desk) for line in found.lines)
    title = f"과정 {found.count}개" + (f" ({found.page}/{found.pages}쪽)" if found.pages > 1 else "")
    words = {"term": term, "text": text, "all": everything, "page": found.page + 1}
    more = (Step("다음 쪽을 보려면", "courses", words),) if found.page < found.pages else ()
    return Told(title, tables=(Table(rows, COLUMNS),), steps=more)


def _row(line: Line, desk: Desk) -> tuple[str, ...]:
    course = line.course
    return (
        course.code,
        course.title,
        term(course.term),
        f"{course.held}/{course.capacity}",
        str(course.waiting),
        str(course.applied),
        str(line.offered),
        desk.moment(course.apply_end),
        f"{course.start_date}",
        STAGES[line.stage],
    )

"""Certificates as officers find them: those of a course, one by its number, and the sheets to print."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.residents.completed import printed
from handlers.residents.completed.printed import Facts
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.persons.who import name_of
from storage.completion import certificates
from storage.completion.certificates import Certificate
from storage.database import Transaction
from storage.people import residents
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses
from storage.teaching.course import Course

NUMBER = re.compile(r"(?:제\s*)?(\d{4})\s*-\s*(\d{1,6})(?:\s*호)?")
COLUMNS = ("번호", "이름", "낸 날", "지금", "까닭")
MOST_PRINTED = 200


@dataclass(frozen=True)
class Seen:
    """The certificates of a course, and how many are still to be issued."""

    course: Course
    told: Told
    rows: tuple[tuple[Certificate, tuple[str, ...]], ...]
    waiting: int

    @property
    def valid(self) -> int:
        return sum(each.is_valid for each, _ in self.rows)


def number_in(text: str) -> str:
    """The number that is meant, as it is printed; "" where none is: "2026-123" is 2026-000123."""
    found = NUMBER.fullmatch(text.strip())
    return f"{found[1]}-{int(found[2]):06}" if found and found[1].isascii() and found[2].isascii() else ""


def certificate(tx: Transaction, number: str) -> tuple[Certificate, Enrollment, Course]:
    """Raises Declined."""
    found = certificates.find(tx, number_in(number))
    mine = enrollments.find(tx, found.enrollment_id) if found else None
    if found is None or mine is None:
        raise Declined(f"‘{number}’: 이런 번호의 수료증이 없습니다. 예: 2026-000123")
    return found, mine, courses.get(tx, mine.course_id)


def of_course(tx: Transaction, code: str, number: str) -> tuple[Certificate, Enrollment, Course]:
    """One of this course. Raises Declined."""
    found, mine, course = certificate(tx, number)
    if course.id != (asked := lookup.course(tx, code)).id:
        raise Declined(f"{found.number}: {called(asked)}의 수료증이 아닙니다.", listed(asked))
    return found, mine, course


def seen(tx: Transaction, desk: Desk, code: str) -> Seen:
    course = lookup.course(tx, code)
    found = certificates.of_course(tx, course.id)
    owners = {each.id: each.resident_id for each in enrollments.of_course(tx, course.id)}
    rows = tuple((each, _row(desk, each, owners[each.enrollment_id])) for each in found)
    waiting = len(certificates.to_issue(tx, course.id))
    valid = sum(each.is_valid for each in found)
    title = f"{called(course)}: 유효한 수료증 {valid}장, 낼 분 {waiting}명."
    tables = (Table(tuple(row for _, row in rows), COLUMNS),) if rows else ()
    steps = (Step("수료증을 내려면", "certificates", {"course": course.code, "issue": True}),) if waiting else ()
    return Seen(course, Told(title, tables=tables, steps=steps), rows, waiting)


def show(tx: Transaction, desk: Desk, code: str) -> Told:
    return seen(tx, desk, code).told


def one(tx: Transaction, desk: Desk, number: str) -> Told:
    """By its number, as somebody reads it out on the telephone."""
    found, mine, course = certificate(tx, number)
    step = Step("보기", "certificates", {"course": course.code})
    table = Table((_row(desk, found, mine.resident_id),), COLUMNS, steps=(step,))
    return Told("수료증", facts=(called(course),), tables=(table,))


def _row(desk: Desk, each: Certificate, resident_id: int) -> tuple[str, ...]:
    issued = f"{each.issued_at.astimezone(desk.organization.timezone):%Y-%m-%d}"
    name = name_of(desk, resident_id, each.name) if each.name else "이름을 지움"
    if each.revoked_at is None:
        return each.number, name, issued, "유효", ""
    again = f", {each.replaced_by}번으로 다시 냄" if each.replaced_by else ""
    why = each.revoke_reason if not each.was_withdrawn else f"({each.revoke_reason})"
    return each.number, name, issued, f"취소({desk.moment(each.revoked_at)}){again}", why


def listed(course: Course) -> Step:
    return Step("수료증을 보려면", "certificates", {"course": course.code})


def sheets(tx: Transaction, desk: Desk, code: str, numbers: Sequence[str] = ()) -> list[dict[str, Any]]:
    """To print those that are valid, or these of them. Raises Declined."""
    course = lookup.course(tx, code)
    owners = {each.id: each.resident_id for each in enrollments.of_course(tx, course.id)}
    found = [each for each in certificates.of_course(tx, course.id) if each.is_valid and each.name]
    chosen = [each for each in found if not numbers or each.number in numbers]
    if not chosen:
        raise Declined(f"{called(course)}: 인쇄할 수료증이 없습니다.", listed(course))
    if len(chosen) > MOST_PRINTED:
        raise Declined(f"{called(course)}: 한 번에 {MOST_PRINTED}장까지 인쇄할 수 있습니다. 나누어 골라 주세요.")
    desk.seen.update(owners[each.enrollment_id] for each in chosen)
    return [printed.sheet(desk.organization, each) for each in chosen]


def longest(tx: Transaction, desk: Desk, course: Course, facts: Facts) -> dict[str, Any]:
    """A sample with the longest name of who has a seat in a course or completed it."""
    held = [each for each in enrollments.of_course(tx, course.id) if each.state in ("confirmed", "completed")]
    people = residents.with_ids(tx, {each.resident_id for each in held})
    owner = max(people, key=lambda each: len(people[each].name or ""), default=None)
    name = people[owner].name if owner is not None else None
    return printed.sample(desk.organization, name_of(desk, owner, name) if name else "홍길동", facts)

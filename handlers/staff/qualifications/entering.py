"""Entering a qualification that somebody acquired after a course, and taking it out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from handlers.language.grades import with_grade
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Told
from handlers.staff.files import cells, moments
from handlers.staff.files.cells import Wrong
from storage.audit import scopes
from storage.audit.journal import ENROLLMENT, Subject
from storage.audit.scopes import Scope
from storage.completion import qualifications
from storage.completion.qualifications import Qualification
from storage.database import Transaction
from storage.people import residents
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment


def enter(tx: Transaction, desk: Desk, number: int, name: str, day: str, license_number: str = "") -> Told:
    """`number` is of the application by which they completed; `name` is with the grade: "바리스타 2급"."""
    mine = _completed(tx, number)
    said = _line(name, "자격증 이름")
    if not said:
        raise Declined("자격증 이름을 적어 주세요. 예: 바리스타 2급")
    desk.seen.add(mine.resident_id)
    qualifications.save(tx, entered(desk, mine, said, _line(license_number, "자격번호"), _day(day, desk.today)))
    return Told(f"신청 {number}: {said} 취득을 {desk.done('적었습니다', '적습니다')}.")


def entered(desk: Desk, mine: Enrollment, said: str, license_number: str, acquired_on: date) -> Qualification:
    """As an officer enters it; `said` is the name with the grade."""
    name, grade = with_grade(said)
    return Qualification(
        id=0,
        enrollment_id=mine.id,
        name=name,
        grade=grade,
        license_number=license_number,
        acquired_on=acquired_on,
        told_at=desk.now,
        entered_by=desk.officer.name,
    )


def drop(tx: Transaction, desk: Desk, number: int) -> Told:
    """`number` is of the qualification."""
    one = qualifications.find(tx, number)
    if one is None:
        raise Declined(f"자격 {number}: 적힌 것이 없습니다.", Step("목록을 보려면", "qualifications"))
    desk.seen.add(enrollments.get(tx, one.enrollment_id).resident_id)
    qualifications.drop(tx, [number])
    return Told(f"자격 {number}: {one.name} {one.grade}".rstrip() + f" 취득을 {desk.done('지웠습니다', '지웁니다')}.")


def _completed(tx: Transaction, number: int) -> Enrollment:
    mine = enrollments.find(tx, number)
    if mine is None or mine.state != "completed":
        why = "수료하지 않은 신청입니다." if mine else "이런 번호의 신청이 없습니다."
        raise Declined(f"신청 {number}: {why}", Step("수료한 분을 보려면", "qualifications"))
    return mine


def _line(text: str, what: str) -> str:
    try:
        return cells.line(text)
    except Wrong as wrong:
        raise Declined(f"{what}: {wrong}") from wrong


def _day(text: str, today: date) -> date:
    try:
        found = moments.day(text)
    except ValueError:
        raise Declined(f"취득일 ‘{text}’: 날짜를 적어 주세요. 예: 2026-12-01") from None
    if found > today:
        raise Declined(f"취득일 ‘{text}’: 아직 오지 않은 날입니다.")
    return found


def _of_person(tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    mine = enrollments.find(tx, number)
    if mine is None:
        return {}, []
    residents.lock(tx, mine.resident_id)
    return scopes.of_qualifications([number]), [(ENROLLMENT, number)]


def _of_one(tx: Transaction, desk: Desk, number: int) -> tuple[Scope, Sequence[Subject]]:
    one = qualifications.find(tx, number)
    if one is None:
        return {}, []
    return _of_person(tx, desk, one.enrollment_id)


ENTER = acts.add(Act("enter-qualification", "자격 적기", enter, _of_person, repeats=True))
DROP = acts.add(Act("drop-qualification", "자격 지우기", drop, _of_one))

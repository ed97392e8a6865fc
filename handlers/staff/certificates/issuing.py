"""Issuing certificates to all who completed a course, revoking one, and issuing another one in its place.

Numbers are never used twice: what is undone stays as revoked.
"""

from collections.abc import Sequence
from typing import Any

from handlers.attendance import counting
from handlers.residents.completed import printed
from handlers.residents.completed.printed import Facts
from handlers.staff.certificates.finding import listed, of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import NOBODY, Step, Table, Told
from handlers.staff.persons.who import name_of
from storage.audit import scopes
from storage.audit.journal import COURSE, ENROLLMENT, Entry, Subject
from storage.audit.scopes import Scope
from storage.completion import certificates
from storage.completion.certificates import Certificate
from storage.database import Transaction
from storage.people import residents
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses, sessions
from storage.teaching.course import Course

NUMBERED = "번호는 낼 때 정해집니다"


def facts_of(tx: Transaction, desk: Desk, course: Course, people: Sequence[Enrollment]) -> dict[int, Facts]:
    """What is printed for each, by enrollment."""
    meetings = sessions.of_courses(tx, [course.id])
    tallies = counting.of_course(tx, desk.organization.attendance.of_course(course), course.id, people)
    return {each.id: printed.facts(desk.organization, course, meetings, tallies[each.id], desk.now) for each in people}


def issue(tx: Transaction, desk: Desk, code: str) -> Told:
    course = lookup.course(tx, code)
    waiting = set(certificates.to_issue(tx, course.id))
    people = [each for each in enrollments.of_course(tx, course.id) if each.id in waiting]
    if not people:
        raise _nobody(tx, course)
    names = residents.with_ids(tx, {each.resident_id for each in people})
    nameless = [str(each.id) for each in people if not names[each.resident_id].name]
    if nameless:
        raise Declined(f"{called(course)}: 이름이 없는 신청이 있어 수료증을 낼 수 없습니다: {', '.join(nameless)}")
    facts = facts_of(tx, desk, course, people)
    issued = [_issue(tx, desk, each, names[each.resident_id].name or "", facts[each.id]) for each in people]
    rows = tuple(
        (NUMBERED if desk.is_preview else made.number, name_of(desk, each.resident_id, made.name))
        for made, each in zip(issued, people, strict=True)
    )
    title = f"{called(course)}: 수료증 {len(issued)}장을 {desk.done('냈습니다', '냅니다')}."
    notes = ("수료하신 분은 대화의 ‘수료증’에서 받을 수 있습니다.",)
    return Told(title, tables=(Table(rows, ("번호", "이름")),), notes=notes, reach=NOBODY)


def _issue(tx: Transaction, desk: Desk, one: Enrollment, name: str, facts: Facts) -> Certificate:
    year = desk.today.year
    return certificates.issue(tx, one.id, year, name, facts.to_json(), desk.officer.name, desk.now)


def _nobody(tx: Transaction, course: Course) -> Declined:
    if certificates.of_course(tx, course.id):
        return Declined(f"{called(course)}: 수료한 분의 수료증을 모두 냈습니다.", listed(course))
    step = Step("수료를 정하려면", "complete", {"course": course.code, "list": True})
    return Declined(f"{called(course)}: 수료한 분이 없습니다. 먼저 수료를 정해 주세요.", step)


def revoke(tx: Transaction, desk: Desk, code: str, number: str, reason: str) -> Told:
    found, mine, course = of_course(tx, code, number)
    why = lookup.reason(reason, "취소하는", Step("예", "certificates", {"course": course.code, "revoke": number}))
    if not certificates.revoke(tx, found.number, why, desk.now):
        raise Declined(f"{found.number}: 이미 취소한 수료증입니다.", listed(course))
    who = name_of(desk, mine.resident_id, found.name)
    title = f"{found.number} {who}: 수료증을 {desk.done('취소했습니다', '취소합니다')}."
    notes = ("확인 화면에는 취소한 날만 보이고, 까닭은 보이지 않습니다.",)
    again = Step("새 번호로 다시 내려면", "certificates", {"course": course.code, "reissue": found.number})
    return Told(title, facts=(f"까닭: {why}",), notes=notes, reach=NOBODY, steps=(again,))


def reissue(tx: Transaction, desk: Desk, code: str, number: str, reason: str) -> Told:
    """With the name and the facts as they are now; the old one is revoked."""
    found, mine, course = of_course(tx, code, number)
    why = lookup.reason(reason, "다시 내는", Step("예", "certificates", {"course": course.code, "reissue": number}))
    _check_can_be_replaced(tx, found, mine, course)
    name = residents.with_ids(tx, {mine.resident_id})[mine.resident_id].name
    if not name:
        raise Declined(f"{found.number}: 이름이 없어 다시 낼 수 없습니다. 먼저 이름을 적어 주세요.")
    certificates.revoke(tx, found.number, why, desk.now)
    made = _issue(tx, desk, mine, name, facts_of(tx, desk, course, [mine])[mine.id])
    certificates.replace(tx, found.number, made.number)
    shown = NUMBERED if desk.is_preview else made.number
    who = name_of(desk, mine.resident_id, name)
    title = f"{found.number} {who}: 수료증을 새로 {desk.done('냈습니다', '냅니다')}. 새 번호: {shown}."
    return Told(title, facts=(f"까닭: {why}",), notes=(f"{found.number}은 취소됩니다.",), reach=NOBODY)


def _check_can_be_replaced(tx: Transaction, found: Certificate, mine: Enrollment, course: Course) -> None:
    if mine.state != "completed":
        raise Declined(f"{found.number}: 지금은 수료가 아니어서 다시 낼 수 없습니다.", listed(course))
    valid = certificates.valid_of(tx, [mine.id]).get(mine.id)
    if valid and valid.number != found.number:
        raise Declined(f"{found.number}: 이미 {valid.number}번으로 다시 냈습니다.", listed(course))


def _of_course(tx: Transaction, _: Desk, code: str) -> tuple[Scope, Sequence[Subject]]:
    course = courses.lock(tx, lookup.course(tx, code).id)
    ids = [each.id for each in enrollments.of_course(tx, course.id) if each.state == "completed"]
    return scopes.of_certificates(ids), [(COURSE, course.id)]


def _of_one(tx: Transaction, _desk: Desk, code: str, number: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    _found, mine, course = of_course(tx, code, number)
    courses.lock(tx, course.id)
    return scopes.of_certificates([mine.id]), [(COURSE, course.id), (ENROLLMENT, mine.id)]


def _withdraw(tx: Transaction, desk: Desk, entry: Entry) -> bool:
    """Revoke what the act issued; rows that have changed by that stay as they are."""
    issued = [each.after or {} for each in entry.changes if each.table == "certificates" and each.before is None]
    certificates.withdraw(tx, [each["enrollment_id"] for each in issued], certificates.ISSUE_UNDONE, desk.now)
    return False


ISSUE = acts.add(
    Act("issue-certificates", "수료증 발급", issue, _of_course, before_undo=_withdraw, held=(), repeats=True)
)
REVOKE = acts.add(Act("revoke-certificate", "수료증 취소", revoke, _of_one))
REISSUE = acts.add(
    Act("reissue-certificate", "수료증 재발급", reissue, _of_one, before_undo=_withdraw, held=(), repeats=True)
)

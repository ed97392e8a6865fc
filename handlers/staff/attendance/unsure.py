"""Who may not come to the next class: they didn't answer, missed the last one, or can't be written to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from handlers.attendance.entering import Said, enter
from handlers.calendar.hours import local
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.persons.who import WHO, who
from storage.attendance import entries
from storage.attendance.entries import Entry
from storage.audit import journal, scopes
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.people import reaching, residents
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.states import Mark
from storage.teaching import sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session

UNASKED, MISSED, UNREACHED = "알림에 답하지 않음", "지난 수업 결석", "알림을 보낼 수 없음"
COLUMNS = ("신청번호", *WHO, "까닭")


@dataclass(frozen=True)
class Unsure:
    """Somebody who may not come, and why that may be; nobody's name yet."""

    enrollment: Enrollment
    why: tuple[str, ...]


def show(tx: Transaction, desk: Desk, code: str) -> Told:
    course = lookup.course(tx, code)
    meeting = following(tx, desk, course)
    if meeting is None:
        return Told(f"{called(course)}: 남은 수업이 없습니다.")
    found = unsure(tx, desk, meeting)
    when = f"{meeting.number}회차 {desk.moment(meeting.starts_at)}"
    if not found:
        return Told(f"{called(course)} {when}: 올지 불확실한 분이 없습니다.")
    people = residents.with_ids(tx, {each.enrollment.resident_id for each in found})
    rows = tuple(_row(desk, each, people) for each in found)
    return Told(
        f"{called(course)} {when}: 올지 불확실한 분 {len(found)}명",
        tables=(Table(rows, COLUMNS),),
        steps=(
            Step("온다고 하시면", "unsure", {"course": course.code, "coming": [found[0].enrollment.id]}),
            Step("못 온다고 하시면", "unsure", {"course": course.code, "not_coming": [found[0].enrollment.id]}),
        ),
    )


def _row(desk: Desk, one: Unsure, people: dict[int, residents.Resident]) -> tuple[str, ...]:
    resident_id = one.enrollment.resident_id
    return str(one.enrollment.id), *who(desk, resident_id, people[resident_id]), ", ".join(one.why)


def following(tx: Transaction, desk: Desk, course: Course) -> Session | None:
    """The next class of a course that takes place."""
    meetings = sessions.of_courses(tx, [course.id]) if course.takes_place else []
    return next((each for each in meetings if each.starts_at > desk.now), None)


def unsure(tx: Transaction, desk: Desk, meeting: Session) -> list[Unsure]:
    """Of those who have a seat and haven't said whether they come to a class."""
    said = entries.of_course(tx, meeting.course_id)
    answered = {each.enrollment_id for each in said if _tells(each, meeting)}
    asked = [each for each in _seated(tx, meeting.course_id) if each.id not in answered]
    missed = _missed_last(tx, desk, meeting, said)
    alone = set(reaching.unreachable(tx, [each.resident_id for each in asked], desk.ways))
    found = []
    for each in asked:
        is_alone = each.resident_id in alone
        whys = (
            (MISSED, each.id in missed),
            (UNREACHED, is_alone),
            (UNASKED, not is_alone and _is_asked(desk, meeting)),
        )
        if why := tuple(name for name, is_so in whys if is_so):
            found.append(Unsure(each, why))
    return found


def _seated(tx: Transaction, course_id: int) -> list[Enrollment]:
    found = enrollments.of_course(tx, course_id)
    return [each for each in found if each.state == "confirmed" and not each.ended_at and not each.is_unchecked]


def _tells(one: Entry, meeting: Session) -> bool:
    return one.session_id == meeting.id and one.standing in ("open", "counts")


def _missed_last(tx: Transaction, desk: Desk, meeting: Session, said: Sequence[Entry]) -> set[int]:
    """Enrollments whose absence from the class before counts."""
    before = [each for each in sessions.of_courses(tx, [meeting.course_id]) if each.starts_at <= desk.now]
    last = before[-1].id if before else 0
    return {
        each.enrollment_id for each in said if (each.session_id, each.standing, each.mark) == (last, "counts", "absent")
    }


def _is_asked(desk: Desk, meeting: Session) -> bool:
    """Whether the reminder has gone out that asks who comes."""
    zone = desk.organization.timezone
    day = meeting.starts_at.astimezone(zone).date() - timedelta(days=1)
    return desk.now >= local(day, desk.organization.hours.remind_at, zone)


def note(tx: Transaction, desk: Desk, code: str, numbers: Sequence[int], mark: Mark) -> Told:
    """What people said on the phone of the next class; on the day it is confirmed or corrected as any other."""
    course = lookup.course(tx, code)
    meeting = following(tx, desk, course)
    if meeting is None:
        raise Declined(f"{called(course)}: 남은 수업이 없습니다.")
    if not numbers:
        raise Declined("통화한 분을 골라 주세요.", Step("보려면", "unsure", {"course": course.code}))
    known = {each.id for each in _seated(tx, course.id)}
    strange = [f"신청 {each}: 이 과정에 자리가 있는 신청이 아닙니다." for each in numbers if each not in known]
    if strange:
        raise Declined("고칠 곳이 있어 아무것도 적지 않았습니다.", items=strange)
    for each in dict.fromkeys(numbers):
        said = Said(meeting.id, each, mark, "ahead", desk.now, entered_by=desk.officer.name, is_doubtful=True)
        enter(tx, said, desk.now)
    what = "온다고" if mark == "present" else "못 온다고"
    title = f"{called(course)} {meeting.number}회차: {len(set(numbers))}명이 {what} 하신 것을"
    return Told(f"{title} {desk.done('적었습니다', '적습니다')}.")


def _of(tx: Transaction, desk: Desk, code: str, numbers: Sequence[int], **_: Any) -> tuple[Scope, Sequence[Subject]]:
    meeting = following(tx, desk, lookup.course(tx, code))
    for each in sorted(set(numbers)):
        entries.lock(tx, each)
    whose = [found.resident_id for each in numbers if (found := enrollments.find(tx, each))]
    scope = scopes.of_attendance([meeting.id] if meeting else [])
    return scope, [*((journal.ENROLLMENT, each) for each in numbers), *journal.people(whose)]


NOTE = acts.add(Act("note-coming", "올지 여쭌 것", note, _of, repeats=True))

"""A course's attendance as a sheet: what is marked so far, and blank cells for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.staff.attendance.sheets import layout
from handlers.staff.attendance.sheets.layout import NAME, NUMBER
from handlers.staff.desk import lookup
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import MARKS, called
from handlers.staff.desk.told import Table, Told
from handlers.staff.persons.who import name_of
from storage.attendance import entries
from storage.database import Transaction
from storage.people import residents
from storage.people.residents import Resident
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.states import ATTENDED, Mark
from storage.teaching import sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session

ADVICE = "칸에는 출석, 지각, 조퇴, 결석, 인정결석이나 ○, △, ✕를 적습니다. 빈칸은 그대로 둡니다. 이름은 보기만 합니다."


@dataclass(frozen=True)
class Sheet:
    """Everybody with a seat, every class, and the marks that count, by class and application."""

    course: Course
    people: Sequence[Enrollment]
    residents: dict[int, Resident]
    meetings: Sequence[Session]
    marks: dict[tuple[int, int], Mark]

    def name(self, enrollment: Enrollment) -> str:
        return self.residents[enrollment.resident_id].name or ""


def of_course(tx: Transaction, code: str) -> Sheet:
    course = lookup.course(tx, code)
    found = enrollments.of_course(tx, course.id)
    people = [each for each in found if each.state in ATTENDED and not each.is_unchecked]
    marks = {
        (each.session_id, each.enrollment_id): each.mark
        for each in entries.of_course(tx, course.id)
        if each.standing == "counts"
    }
    known = residents.with_ids(tx, {each.resident_id for each in people})
    return Sheet(course, people, known, sessions.of_courses(tx, [course.id]), marks)


def show(tx: Transaction, desk: Desk, code: str) -> Told:
    sheet, zone = of_course(tx, code), desk.organization.timezone
    columns = (NUMBER, NAME, *(layout.heading(each, zone) for each in sheet.meetings))
    rows = tuple(_row(desk, sheet, each) for each in sheet.people)
    title = f"{called(sheet.course)}: 출석부, 수강생 {len(rows)}명, 수업 {len(sheet.meetings)}회"
    return Told(title, tables=(Table(rows, columns, "출석부"),) if rows else (), notes=(ADVICE,))


def _row(desk: Desk, sheet: Sheet, one: Enrollment) -> tuple[str, ...]:
    marks = (sheet.marks.get((each.id, one.id)) for each in sheet.meetings)
    name = name_of(desk, one.resident_id, sheet.name(one))
    return str(one.id), name, *(MARKS[mark] if mark else "" for mark in marks)

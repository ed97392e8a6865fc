"""Those who had a seat and never came, for who decides on completion: listed, and let pass with a reason."""

from collections.abc import Sequence
from typing import Any

from handlers.attendance import no_shows
from handlers.staff.desk import acts, lookup, noting
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Table, Told
from handlers.staff.persons.who import name_of
from storage.attendance.no_shows import NoShow
from storage.audit import scopes
from storage.audit.journal import COURSE, Subject
from storage.audit.scopes import Columns, Scope
from storage.database import Transaction
from storage.people import residents
from storage.seating import enrollments
from storage.tables import enrollments as table
from storage.teaching import courses
from storage.teaching.course import Course

WARNING = "no_show_warning"  # the kind of notice
WORDS = {"warn": "수료를 정하면 안내를 보냅니다", "ban": "다음 학기에 신청할 수 없습니다"}
TITLE = "한 번도 오지 않은 분"
COLUMNS = ("신청번호", "이름", "불참 규칙", "예외")


def tables(tx: Transaction, desk: Desk, course: Course) -> tuple[Table, ...]:
    """With what the rule of the course comes to; nothing where it has none, or nobody is concerned."""
    word = WORDS.get(no_shows.rule(desk.organization.attendance, course))
    found = no_shows.of_course(tx, course, desk.now) if word else []
    if not (word and found):
        return ()
    people = residents.with_ids(tx, {each.resident_id for each in found})
    rows = tuple(
        (
            str(each.enrollment_id),
            name_of(desk, each.resident_id, people[each.resident_id].name),
            "예외" if each.waived else word,
            each.waived or "-",
        )
        for each in found
    )
    return (Table(rows, COLUMNS, TITLE),)


def warned(tx: Transaction, desk: Desk, course: Course) -> list[NoShow]:
    return no_shows.warned(tx, desk.organization.attendance, course, desk.now)


def waive(tx: Transaction, desk: Desk, code: str, number: int, reason: str) -> Told:
    """Let it pass that somebody never came: they are neither warned nor kept out."""
    course = lookup.course(tx, code)
    if not (why := noting.read(reason, "까닭")):
        raise Declined(f"신청 {number}: 예외로 하는 까닭을 적어 주세요.")
    if number not in {each.enrollment_id for each in no_shows.of_course(tx, course, desk.now)}:
        raise Declined(f"{called(course)}: 신청 {number} 자리는 한 번도 오지 않은 분의 자리가 아닙니다.")
    enrollments.waive_no_show(tx, number, why)
    done = desk.done("예외로 했습니다", "예외로 합니다")
    return Told(f"{called(course)}: 신청 {number} 자리는 오지 않은 것을 {done}. 까닭: {why}")


def _scope(tx: Transaction, _: Desk, code: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    """What is written as a reason stands in no journal's rows."""
    course = lookup.course(tx, code)
    courses.lock(tx, course.id)
    these = scopes.of_courses([course.code])[table]
    assert not isinstance(these, Columns)
    return {table: Columns(these, ("no_show_waived",))}, [(COURSE, course.id)]


WAIVE = acts.add(Act("waive-no-show", "불참 예외", waive, _scope))

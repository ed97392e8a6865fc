"""A candidate becomes the instructor of a course."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handlers.language.letters.particles import with_particle
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Step, Told
from handlers.staff.files.cells import line
from handlers.staff.persons.who import name_of
from storage.audit import scopes
from storage.audit.journal import COURSE, ENROLLMENT, Entry, Subject
from storage.audit.scopes import Scope
from storage.completion import instructors
from storage.completion.instructors import Candidate
from storage.database import Transaction
from storage.teaching import courses

KIND = "teaching"  # the notice to whom it is


def assign(tx: Transaction, desk: Desk, code: str, number: int, name: str = "") -> Told:
    """`number` is of the application by which they are a candidate; `name` is what everybody reads of them."""
    course, candidate = lookup.locked(tx, code), _candidate(tx, number)
    if course.end_date < desk.today:
        raise Declined(f"{called(course)}: 이미 끝난 과정입니다.")
    if candidate.teaches is not None:
        raise Declined(f"후보 {number}: 이미 강사로 정한 분입니다.")
    shown = line(name) or name_of(desk, candidate.resident_id, candidate.name)
    desk.seen.add(candidate.resident_id)
    instructors.assign(tx, number, course.id, desk.now, course.instructor)
    courses.save(tx, [replace(course, instructor=shown)])
    done = desk.done("강사로 적었습니다", "강사로 적습니다")
    before = f" 지금까지는 ‘{course.instructor}’ 강사였습니다." if course.instructor else ""
    notes = (
        f"강좌 안내에 ‘{shown}’ 강사로 보입니다.{before} 본인과 먼저 이야기한 뒤에 정해 주세요.",
        "과정 파일을 다시 등록하면 파일의 ‘강사’대로 바뀌니 파일에도 적어 주세요.",
    )
    told = Told(f"{called(course)}: {with_particle(f'‘{shown}’', '을/를')} {done}.", notes=notes)
    return with_reach(tx, desk, told, [candidate.resident_id], KIND)


def _candidate(tx: Transaction, number: int) -> Candidate:
    found = instructors.find(tx, number)
    if found is None:
        raise Declined(f"후보 {number}: 이런 번호의 강사 후보가 없습니다.", Step("강사 후보를 보려면", "instructors"))
    return found


def _scope(tx: Transaction, _: Desk, code: str, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    course = lookup.course(tx, code)
    courses.lock(tx, course.id)
    return scopes.of_candidates([number]), [(COURSE, course.id), (ENROLLMENT, number)]


def _before_undo(tx: Transaction, _: Desk, entry: Entry) -> bool:
    """The journal knows nobody's name, so what was told of the instructor before is put back from elsewhere."""
    for each in entry.changes:
        found = instructors.find(tx, each.key[0]) if each.table == "instructor_candidates" else None
        course = courses.find(tx, found.teaches) if found and found.teaches else None
        if found and course:
            courses.save(tx, [replace(course, instructor=found.replaced)])
    return False


ASSIGN = acts.add(Act("assign-instructor", "강사 정하기", assign, _scope, (KIND,), before_undo=_before_undo))

"""Who acquired what after a course, and the rate of each course."""

from collections.abc import Sequence

from handlers.staff.desk import lookup
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Table, Told
from handlers.staff.persons.who import name_of
from handlers.staff.qualifications.columns import COLUMNS
from storage.completion import qualifications
from storage.completion.qualifications import Qualification
from storage.database import Transaction
from storage.people import residents
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses
from storage.teaching.course import Course

RATES = ("과정번호", "과정", "수료", "자격 취득", "취득률")


def show(tx: Transaction, desk: Desk, code: str = "") -> Told:
    """Of a course its people, in the columns of the file by which they can be entered; else the rates of all."""
    return _people(tx, desk, lookup.course(tx, code)) if code else _rates(tx)


def _rates(tx: Transaction) -> Told:
    known = {each.id: each for each in courses.by_code(tx, list(courses.codes(tx))).values()}
    found = qualifications.rates(tx, list(known))
    rows = tuple(
        (known[rate.course_id].code, known[rate.course_id].title, str(rate.completed), str(rate.acquired), share(rate))
        for rate in sorted(found.values(), key=lambda rate: known[rate.course_id].start_date, reverse=True)
    )
    acquired, completed = (sum(getattr(rate, name) for rate in found.values()) for name in ("acquired", "completed"))
    return Told(f"수료 {completed}명 가운데 자격 취득 {acquired}명", tables=(Table(rows, RATES),) if rows else ())


def share(rate: qualifications.Rate) -> str:
    return f"{100 * rate.acquired / rate.completed:.1f}%"


def completed(tx: Transaction, course: Course) -> list[Enrollment]:
    return [each for each in enrollments.of_course(tx, course.id) if each.state == "completed"]


def _people(tx: Transaction, desk: Desk, course: Course) -> Told:
    found = completed(tx, course)
    people = residents.with_ids(tx, {each.resident_id for each in found})
    told: dict[int, list[Qualification]] = {}
    for each in qualifications.of_enrollments(tx, [one.id for one in found]):
        told.setdefault(each.enrollment_id, []).append(each)
    rows = tuple(
        (str(one.id), name_of(desk, one.resident_id, people[one.resident_id].name), course.title, *written)
        for one in found
        for written in _written(told.get(one.id, ()))
    )
    acquired = f" 자격 취득 {len(told)}명({100 * len(told) / len(found):.1f}%)." if found else ""
    headers = tuple(column.header for column in COLUMNS.all)
    return Told(f"{called(course)}: 수료 {len(found)}명.{acquired}", tables=(Table(rows, headers),) if rows else ())


def _written(found: Sequence[Qualification]) -> list[tuple[str, str, str]]:
    """A line each; one that is empty, to be filled in, where there is none yet."""
    lines = [(f"{one.name} {one.grade}".strip(), one.license_number, f"{one.acquired_on}") for one in found]
    return lines or [("", "", "")]

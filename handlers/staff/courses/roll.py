"""Who is in a course, for those who teach or run it: names, and numbers that are masked."""

from handlers.staff.desk import lookup
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES, called
from handlers.staff.desk.masked import mask_numbers
from handlers.staff.desk.told import Table, Told
from handlers.staff.persons.who import name_of
from storage.database import Transaction
from storage.people import residents
from storage.seating import enrollments
from storage.states import ATTENDED

COLUMNS = ("이름", "휴대전화", "상태")


def show(tx: Transaction, desk: Desk, code: str) -> Told:
    course = lookup.course(tx, code)
    attending = [each for each in enrollments.of_course(tx, course.id) if each.state in ATTENDED]
    people = residents.with_ids(tx, {each.resident_id for each in attending})
    rows = tuple(
        (
            name_of(desk, each.resident_id, people[each.resident_id].name),
            mask_numbers(people[each.resident_id].mobile or "-"),
            STATES[each.state],
        )
        for each in attending
    )
    return Told(f"{called(course)}: 수강생 {len(rows)}명", tables=(Table(rows, COLUMNS),) if rows else ())

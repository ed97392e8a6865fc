"""What acts on attendance may change: these people's marks in these classes, which nobody else marks meanwhile."""

from collections.abc import Collection, Sequence

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from storage.attendance import entries
from storage.audit import journal, scopes
from storage.audit.journal import Entry, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.seating.enrollments import Enrollment
from storage.teaching import courses


def of_cells(
    tx: Transaction, course_id: int, session_ids: Collection[int], seats: Sequence[Enrollment]
) -> tuple[Scope, Sequence[Subject]]:
    """The course is no subject: reminders wait for what was done to one, and this is none of its history."""
    if len(seats) > 1:  # many are locked: only by one at a time
        courses.lock(tx, course_id)
    for each in sorted(seats, key=lambda each: each.id):
        entries.lock(tx, each.id)
    scope = scopes.of_attendance(sorted(session_ids), [each.id for each in seats])
    return scope, journal.people(each.resident_id for each in seats)


def lock_again(tx: Transaction, desk: Desk, entry: Entry) -> bool:
    """Before it is undone, which nobody hears of, on the day itself: later a correction says why and keeps both."""
    if desk.today > entry.at.astimezone(desk.organization.timezone).date():
        raise Declined("적은 날이 지나 되돌릴 수 없습니다. 까닭과 함께 고쳐 적어 주세요. 앞의 표시도 함께 남습니다.")
    for number in sorted({each.enrollment_id for each in touched(tx, entry)}):
        entries.lock(tx, number)
    return False


def touched(tx: Transaction, entry: Entry) -> list[entries.Entry]:
    """What an act said or put aside, as it stands now."""
    found = (entries.find(tx, each.key[0]) for each in entry.changes if each.table == "attendance")
    return [each for each in found if each]

"""Two records of one person made one by an officer who has seen them, and parted again within a day."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.rights import merging
from handlers.rights.merging import ACT, UNDONE_WITHIN, Telling
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES
from handlers.staff.desk.reach import reach
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.persons import side_by_side
from storage.audit.journal import Entry, Subject
from storage.audit.scopes import Scope
from storage.counseling import appointments
from storage.database import Transaction
from storage.people import residents
from storage.people.finding import persons
from storage.people.finding.persons import Person
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses

# What may have changed of anything else since, nobody loses a seat or their chat by.
HELD = ("residents", "addresses", "enrollments", "appointments")


def merge(tx: Transaction, desk: Desk, kept: int, gone: int) -> Told:
    """The first stays, and all that the second has becomes its own."""
    two, told = persons.with_ids(tx, (kept, gone)), residents.with_ids(tx, (kept, gone))
    before = {each: enrollments.of_resident(tx, each) for each in (kept, gone)}
    due_at = desk.now + timedelta(minutes=desk.organization.hours.grace_minutes)
    merging.merge(tx, desk.organization, kept, gone, desk.now, Telling(due_at))
    after = {each.id: each for each in enrollments.of_resident(tx, kept)}
    records = side_by_side.table(desk, told[kept], told[gone], residents.by_id(tx, kept))
    tables = (records, _applications(tx, before, after))
    title = f"기록 {gone}: 기록 {kept}에 {desk.done('합쳤습니다', '합칩니다')}."
    notes = _notes(two[kept], two[gone])
    return Told(title, _talks(tx, desk, kept), tuple(filter(None, tables)), notes, reach(tx, desk, [kept]))


def _scope(tx: Transaction, desk: Desk, kept: int, gone: int) -> tuple[Scope, Sequence[Subject]]:
    _check(tx, kept, gone)
    found = merging.scope(tx, kept, gone, desk.now)
    _check(tx, kept, gone)  # as they are now that nobody else can merge them
    return found


def _check(tx: Transaction, kept: int, gone: int) -> None:
    listed = Step("기록을 보려면", "persons")
    if kept == gone:
        raise Declined("서로 다른 두 기록의 번호를 적어 주세요. 예: 12,15", listed)
    for each in (kept, gone):
        standing = persons.standing(tx, each)
        if standing is None:
            raise Declined(f"기록 {each}: 이런 기록이 없습니다.", listed)
        if standing.merged_into:
            raise Declined(f"기록 {each}: 이미 기록 {standing.merged_into}에 합친 기록입니다.", listed)
        if standing.erased_at:
            raise Declined(f"기록 {each}: 지운 기록이라 합칠 수 없습니다.", listed)


def _applications(tx: Transaction, before: dict[int, list[Enrollment]], after: dict[int, Enrollment]) -> Table | None:
    mine = [(record, each) for record, held in before.items() for each in held]
    codes = {course.id: course.code for course in courses.with_ids(tx, [each.course_id for _, each in mine])}
    rows = tuple(
        (str(each.id), codes[each.course_id], str(record), STATES[each.state], STATES[after[each.id].state])
        for record, each in mine
    )
    return Table(rows, ("신청", "과정", "지금 기록", "지금", "합친 뒤"), title="신청한 것") if rows else None


def _talks(tx: Transaction, desk: Desk, kept: int) -> tuple[str, ...]:
    coming = appointments.coming(tx, [kept], desk.now)
    return (f"상담은 {desk.moment(coming.starts_at)} 하나가 남습니다.",) if coming else ()


def _notes(kept: Person, gone: Person) -> tuple[str, ...]:
    names = "이름이" if kept.name and gone.name and kept.plain_name != gone.plain_name else ""
    years = "태어난 해가" if kept.birth_year and gone.birth_year and kept.birth_year != gone.birth_year else ""
    differing = [each for each in (names, years) if each]
    warning = (
        [f"{' '.join(differing)} 서로 다릅니다. 같은 분인 것을 직접 확인한 뒤에 합쳐 주세요."] if differing else []
    )
    return (*warning, "합친 것은 하루 안에 되돌릴 수 있습니다. 그 뒤에는 합쳐진 기록의 이름과 번호를 지웁니다.")


def _before_undo(tx: Transaction, desk: Desk, entry: Entry) -> bool:
    return merging.part(tx, desk.organization, int(entry.args["kept"]), entry, desk.now)


MERGE = acts.add(
    Act(ACT, "기록 합치기", merge, _scope, ("offer",), within=UNDONE_WITHIN, before_undo=_before_undo, held=HELD)
)

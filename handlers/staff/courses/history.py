"""What was done to a course, from the journal: who, when, what from and what to, and how many were told of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from handlers.staff.courses.forms import meanwhile
from handlers.staff.courses.forms.groups import BY_FIELD
from handlers.staff.desk import lookup
from handlers.staff.desk.acts import acts
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import said_of
from handlers.staff.desk.lookup import STATES, called
from handlers.staff.desk.told import Table, Told
from handlers.staff.desk.undoing import UNDO
from storage.audit import changes, journal
from storage.audit.changes import Change
from storage.audit.journal import COURSE, Entry
from storage.database import Transaction
from storage.notices import history
from storage.teaching.course import Course

COLUMNS = ("때", "한 사람", "한 일", "알림")
MOST = 200  # entries, of which the newest are shown

Rows = tuple[tuple[str, ...], ...]


def show(tx: Transaction, desk: Desk, code: str) -> Told:
    """The newest first."""
    course = lookup.course(tx, code)
    found = journal.about(tx, COURSE, course.id)
    if not found:
        return Told(f"{called(course)}: 바뀐 것이 없습니다.")
    told = _told(tx, course, found)
    shown = found[::-1][:MOST]
    rows = tuple((desk.moment(each.at), each.officer.name, _what(tx, each), told.get(each.id, "")) for each in shown)
    details = tuple(tuple(_details(tx, desk, course, each)) for each in shown)
    table = Table(rows, COLUMNS, details=details, left_out=len(found) - len(shown))
    return Told(f"{called(course)}: 바뀐 것 {len(found)}가지", tables=(table,))


def _what(tx: Transaction, entry: Entry) -> str:
    undone = journal.find(tx, entry.undoes) if entry.undoes else None
    name = (undone or entry).action
    title = acts[name].title if name in acts else name
    if undone:
        return f"{title} 되돌리기"
    return f"{title} (되돌림)" if entry.undone_at else title


def _details(tx: Transaction, desk: Desk, course: Course, entry: Entry) -> Iterator[tuple[str, str]]:
    zone = desk.organization.timezone
    for field, before, after in meanwhile.fields_of(tx, entry, course.id):
        column = BY_FIELD[field]
        yield column.header, f"{said_of(column, before, zone)} → {said_of(column, after, zone)}"
    if reason := entry.args.get("reason"):
        yield "까닭", str(reason)
    undone = journal.find(tx, entry.undoes) if entry.undoes else None
    changed = _reversed(undone) if undone else entry.changes
    yield from _sessions(desk, changed)
    yield from _applications(changed)


def _reversed(undone: Entry) -> list[Change]:
    """What an undoing changed: the same rows, the other way round."""
    return [Change(each.table, each.key, each.after, each.before) for each in undone.changes]


def _sessions(desk: Desk, changed: Sequence[Change]) -> Iterator[tuple[str, str]]:
    starts = [(_start(each.before), _start(each.after)) for each in changed if each.table == "sessions"]
    moved = [(old, new) for old, new in starts if old != new]
    if len(moved) > 1 and all(old is None for old, _ in moved):
        yield "수업", f"{len(moved)}회를 넣음"
        return
    for old, new in moved:
        if old and new:
            yield "수업", f"{desk.moment(old)} → {desk.moment(new)}"
        elif old or new:
            yield "수업", f"{desk.moment(old)} 없앰" if old else f"{desk.moment(new or desk.now)} 넣음"


def _start(row: changes.Values | None) -> datetime | None:
    value = (row or {}).get("starts_at")
    return changes.value_of("sessions", "starts_at", value) if value else None


def _applications(changed: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """How many came into which state."""
    states = Counter((each.after or {}).get("state") for each in changed if each.table == "enrollments")
    counted = (f"{word} {states[state]}건" for state, word in STATES.items() if states[state])
    if said := ", ".join(counted):
        yield "신청", said


def _told(tx: Transaction, course: Course, found: Sequence[Entry]) -> dict[int, str]:
    """By entry, what became of the notices that fell due after it and before the next that tells the same."""
    counts: dict[int, Counter[bool]] = {}
    for kind, due_at, was_told in history.of_course(tx, course.id, ("changed", "closed", "corrected_course")):
        last = next((each for each in reversed(found) if each.at <= due_at and _tells(each, kind)), None)
        if last:
            counts.setdefault(last.id, Counter())[was_told] += 1
    return {number: _said(each[True], each[False]) for number, each in counts.items()}


def _tells(entry: Entry, kind: str) -> bool:
    if entry.action == UNDO:
        return kind == "corrected_course"
    return entry.action in acts and kind in acts[entry.action].tells


def _said(told: int, others: int) -> str:
    parts = [f"{told}명에게 알림"] if told else []
    return ", ".join([*parts, *([f"{others}명은 아직"] if others else [])])

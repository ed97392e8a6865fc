"""Bringing in an attendance sheet: all of it or nothing, what changes seen before, and the mark alone is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.attendance.entering import Said, enter
from handlers.staff.attendance.sheets import exporting, layout, reading
from handlers.staff.attendance.sheets.exporting import Sheet
from handlers.staff.attendance.sheets.reading import Cell, Reading
from handlers.staff.desk import acts, lookup, noting
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import MARKS, called
from handlers.staff.desk.told import NOBODY, Listing, Table, Told
from handlers.staff.files.columns import Problem
from handlers.staff.files.reading.grids import Grid
from handlers.staff.persons.who import name_of
from storage.audit import scopes
from storage.audit.journal import COURSE, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.states import Mark
from storage.teaching import courses, sessions

Files = Sequence[tuple[str, Mapping[str, Grid]]]
COLUMNS = ("신청번호", "이름", "수업", "전", "뒤")
NEEDS_REASON = "수업 날이 지난 출석을 고치는 것이라 까닭이 있어야 합니다."


@dataclass(frozen=True)
class Change:
    cell: Cell
    before: Mark | None

    def is_late(self, desk: Desk) -> bool:
        """Whether what was said of a class is corrected after its day."""
        return bool(self.before) and layout.day_of(self.cell.meeting, desk.organization.timezone) < desk.today


@dataclass(frozen=True)
class Plan:
    """What a file would change in a course, and what is wrong with it."""

    sheet: Sheet
    changes: Sequence[Change]
    read: Reading
    problems: Sequence[Problem]


def _plan(tx: Transaction, desk: Desk, code: str, files: Files) -> Plan:
    sheet, zone = exporting.of_course(tx, code), desk.organization.timezone
    against = reading.Course(
        {each.id: sheet.name(each) or "이름 없음" for each in sheet.people},
        {each.number: each for each in sheet.meetings},
        zone,
    )
    found = reading.read(files, against)
    before = ((each, sheet.marks.get((each.meeting.id, each.enrollment_id))) for each in found.cells)
    changed = [Change(cell, mark) for cell, mark in before if cell.mark != mark]
    return Plan(sheet, changed, found, [*found.problems, *_too_early(desk, changed)])


def _too_early(desk: Desk, changed: Sequence[Change]) -> Iterator[Problem]:
    for each in (each.cell for each in changed if each.cell.mark != "excused"):
        if layout.day_of(each.meeting, desk.organization.timezone) > desk.today:
            yield Problem(each.place, MARKS[each.mark], "아직 하지 않은 수업입니다. 인정결석만 미리 적을 수 있습니다.")


def check(tx: Transaction, desk: Desk, code: str, files: Files, why: str = "", **_: object) -> Told:
    """What it would change, without doing it."""
    plan = _plan(tx, desk, code, files)
    notes = tuple(plan.read.notes)
    if plan.problems:
        listed = Listing(tuple(map(str, plan.problems)))
        return Told(_refused(plan), tables=(listed,), notes=notes, is_good=False)
    needs = _needs_reason(desk, plan, why)
    title = f"{_about(plan)} {_counts(plan)}"
    notes = (*notes, NEEDS_REASON) if needs else notes
    return Told(title, tables=_tables(desk, plan), notes=notes, reach=NOBODY, is_good=not needs)


def bring_in(tx: Transaction, desk: Desk, code: str, files: Files, why: str = "", **_: object) -> Told:
    plan = _plan(tx, desk, code, files)
    if plan.problems:
        raise Declined(_refused(plan), items=list(map(str, plan.problems)))
    if _needs_reason(desk, plan, why):
        raise Declined(f"{_about(plan)} {NEEDS_REASON}")
    reason = noting.read(why, "까닭") if why else ""
    for each in plan.changes:
        enter(tx, _said(desk, each, reason), desk.now)
    title = f"{_about(plan)} {_counts(plan)}"
    return Told(title, tables=_tables(desk, plan), notes=tuple(plan.read.notes))


def _said(desk: Desk, change: Change, reason: str) -> Said:
    cell = change.cell
    corrects = reason if change.before else ""
    return Said(cell.meeting.id, cell.enrollment_id, cell.mark, "sheet", desk.now, desk.officer.name, corrects)


def _needs_reason(desk: Desk, plan: Plan, why: str) -> bool:
    return not why.strip() and any(each.is_late(desk) for each in plan.changes)


def _about(plan: Plan) -> str:
    return f"{called(plan.sheet.course)} 출석부:"


def _refused(plan: Plan) -> str:
    return f"{_about(plan)} 고칠 곳이 {len(plan.problems)}군데 있어 아무것도 등록하지 않았습니다."


def _counts(plan: Plan) -> str:
    new = sum(each.before is None for each in plan.changes)
    same = len(plan.read.cells) - len(plan.changes)
    return f"새로 {new}칸, 바뀜 {len(plan.changes) - new}칸, 그대로 {same}칸입니다."


def _tables(desk: Desk, plan: Plan) -> tuple[Table, ...]:
    """Every cell that changes, with what it was."""
    people, zone = {each.id: each for each in plan.sheet.people}, desk.organization.timezone
    rows = tuple(
        (
            str(each.cell.enrollment_id),
            name_of(desk, (one := people[each.cell.enrollment_id]).resident_id, plan.sheet.name(one)),
            layout.heading(each.cell.meeting, zone),
            MARKS[each.before] if each.before else "-",
            MARKS[each.cell.mark],
        )
        for each in plan.changes
    )
    return (Table(rows, COLUMNS),) if rows else ()


def _scope(tx: Transaction, _: Desk, code: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    course = lookup.course(tx, code)
    courses.lock(tx, course.id)
    meetings = sessions.of_courses(tx, [course.id])
    return scopes.of_attendance([each.id for each in meetings]), [(COURSE, course.id)]


IMPORT = acts.add(Act("import-attendance", "출석부 등록", bring_in, _scope, repeats=True, check=check))

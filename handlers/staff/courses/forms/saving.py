"""Making and changing a course by its form: the import of a sheet of one row, and declined where that is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from handlers.staff.courses import venues
from handlers.staff.courses.forms import form, meanwhile
from handlers.staff.courses.forms.form import CourseForm
from handlers.staff.courses.forms.groups import BY_FIELD
from handlers.staff.courses.forms.meanwhile import Changed
from handlers.staff.courses.forms.writing import Texts, row_of, texts_of
from handlers.staff.courses.scope import of_course
from handlers.staff.courses.sheets.importing import NEW, import_courses
from handlers.staff.courses.sheets.reading import check
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Imported, Meant
from handlers.staff.desk.lookup import called, same_code
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Told
from handlers.staff.files.cells import Wrong, line
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import Row
from storage.audit import scopes
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction, hold
from storage.teaching import courses
from storage.teaching.course import Course

MEANWHILE = "그 사이에 다른 분이 이 과정을 고쳤습니다. 적으신 것은 그대로 두었으니 아래를 보고 다시 저장해 주세요."
TAKEN = "이미 있는 번호입니다. 다른 번호를 적어 주세요."


# --- looking before saving ---


def checked(tx: Transaction, desk: Desk, code: str, typed: Texts, seen: str, as_written: bool = False) -> CourseForm:
    """The form as it was typed, with what is to be put right, asked and told beside its fields; "" is a new course."""
    if not code:
        row = row_of(typed)
        shown = _with_problems(form.written_as("", typed), _looked_at(tx, desk, row, as_written))
        return _with_clashes(tx, desk, shown, row)
    course = lookup.course(tx, code)
    now = texts_of(course, desk.organization.timezone)
    found = [] if meanwhile.is_as_seen(course, desk, seen) else meanwhile.changed_since(tx, desk, course, seen)
    texts = {**now, **meanwhile.merged(typed, found, now), "code": course.code}
    shown = replace(form.written_as(course.code, texts), seen=meanwhile.mark(tx, desk, course))
    if not meanwhile.is_as_seen(course, desk, seen):
        shown = replace(_with_changes(shown, desk, found), problems=(MEANWHILE,))
    row = row_of(texts)
    return _with_clashes(tx, desk, _with_problems(shown, _looked_at(tx, desk, row, as_written, course)), row)


def row_for(tx: Transaction, timezone: ZoneInfo, code: str, typed: Texts) -> Row:
    """What a form says of a course; fields that it doesn't have stay as they are."""
    if not code:
        return row_of(typed)
    course = lookup.course(tx, code)
    return row_of({**texts_of(course, timezone), **typed, "code": course.code})


def _looked_at(tx: Transaction, desk: Desk, row: Row, as_written: bool, course: Course | None = None) -> Imported:
    if course is None and (taken := _taken(tx, row)):
        return Imported(problems=(taken,))
    meant = Meant(as_written, frozenset({course.code} if course else ()))
    return import_courses(tx, desk, [row], only_check=True, meant=meant)


def _with_changes(shown: CourseForm, desk: Desk, found: Sequence[Changed]) -> CourseForm:
    return shown.told("notice", ((each.field, f"그 사이에 바뀌었습니다. {each.said(desk)}") for each in found))


def _with_clashes(tx: Transaction, desk: Desk, shown: CourseForm, row: Row) -> CourseForm:
    """Beside its place, which other course is there at the same time."""
    here = desk.organization
    planned = check([row], here.timezone, here.closed_days).planned
    found = venues.clashes(tx, [(one.course, one.plan.sessions) for one in planned])
    known = {field.name: field.notice for field in shown.fields}
    lines = [*filter(None, [known.get("venue", "")]), *(venues.said(each, desk) for each in found)]
    return shown.told("notice", (("venue", line) for line in lines))


def _with_problems(shown: CourseForm, looked: Imported) -> CourseForm:
    names = {field.name for field in shown.fields}
    others = (str(each) for each in looked.problems if each.field not in names)
    shown = shown.told("problem", _beside(looked.problems))
    shown = shown.told("question", _beside([*(why for _, why in looked.reused), *looked.questions]))
    return replace(shown, problems=(*shown.problems, *others))


def _beside(problems: Sequence[Problem]) -> Iterator[tuple[str, str]]:
    return ((each.field, each.expected) for each in problems)


# --- saving ---


def add(tx: Transaction, desk: Desk, rows: Sequence[Row], as_written: bool = False) -> Told:
    hold(tx, NEW)  # of two who make a course of one number, the second is told
    if taken := _taken(tx, rows[0]):
        raise Declined(str(taken))
    imported = _imported(tx, desk, rows, Meant(as_written))
    course = lookup.course(tx, _code(rows[0]))
    return _told(tx, desk, imported, f"{called(course)}: 과정을 {desk.done('만들었습니다', '만듭니다')}.")


def edit(tx: Transaction, desk: Desk, code: str, rows: Sequence[Row], seen: str = "", as_written: bool = False) -> Told:
    """Declined when somebody has changed the course since its form was shown."""
    hold(tx, NEW)
    course = courses.lock(tx, lookup.course(tx, code).id)
    if not meanwhile.is_as_seen(course, desk, seen):
        found = meanwhile.changed_since(tx, desk, course, seen)
        raise Declined(f"{called(course)}: {MEANWHILE}", items=[each.said(desk) for each in found])
    imported = _imported(tx, desk, rows, Meant(as_written, frozenset({course.code})))
    if not imported.changed:
        return Told(f"{called(course)}: 바뀌는 것이 없습니다.")
    return _told(tx, desk, imported, f"{called(course)}: {desk.done('고쳤습니다', '고칩니다')}.")


def _imported(tx: Transaction, desk: Desk, rows: Sequence[Row], meant: Meant) -> Imported:
    imported = import_courses(tx, desk, rows, meant=meant)
    if imported.is_refused:
        wrong = (*imported.problems, *(why for _, why in imported.reused), *imported.questions)
        raise Declined("고칠 곳이나 여쭐 것이 있어 저장하지 않았습니다.", *imported.steps, items=map(str, wrong))
    return imported


def _told(tx: Transaction, desk: Desk, imported: Imported, title: str) -> Told:
    told = Told(title, imported.facts, imported.tables, steps=imported.steps)
    return with_reach(tx, desk, told, imported.concerned) if imported.concerned else told


def _taken(tx: Transaction, row: Row) -> Problem | None:
    known = same_code(_code(row), courses.codes(tx))
    return Problem(row.place("과정번호"), known, TAKEN, "code") if known else None


def _code(row: Row) -> str:
    """As it is stored."""
    try:
        return line(row.cells[BY_FIELD["code"].header])
    except Wrong:
        return ""


def _new(tx: Transaction, _: Desk, rows: Sequence[Row], **_args: object) -> tuple[Scope, Sequence[Subject]]:
    hold(tx, NEW)
    return scopes.of_courses([_code(rows[0])]), []


def _known(tx: Transaction, desk: Desk, code: str, **args: object) -> tuple[Scope, Sequence[Subject]]:
    hold(tx, NEW)  # before the course is locked, as an import does
    return of_course(tx, desk, code, **args)


ADD = acts.add(Act("add-course", "과정 만들기", add, _new, repeats=True))
EDIT = acts.add(Act("edit-course", "과정 고치기", edit, _known, ("changed", "closed"), repeats=True))

"""Every room that takes in officers' files: one table for commands and pages, and one way in for all kinds of rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from handlers.staff.counseling import importing as counseling
from handlers.staff.courses import importing as courses
from handlers.staff.courses.numbers import as_known
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Imported, Importer, summary
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Listing, Told
from handlers.staff.files.rows import COMMON_QUESTION, Row
from handlers.staff.files.rows import COURSE as COURSE_ROW
from handlers.staff.postings import importing as postings
from handlers.staff.questions import importing as questions
from handlers.staff.surveys import importing as surveys
from storage import changes
from storage.changes import Scope
from storage.database import Transaction
from storage.journal import Subject

IMPORTERS: Mapping[str, Importer] = {
    "courses": courses.IMPORTER,
    "surveys": surveys.IMPORTER,
    "postings": postings.IMPORTER,
    "counseling": counseling.IMPORTER,
    "questions": questions.IMPORTER,
}


def import_rows(tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False) -> list[Imported]:
    """Take in all of these rows, of whatever kinds, or none of them; with `only_check` it only reads."""
    known = as_known(tx, rows)
    with tx.begin_nested() as together:
        first, *others = [importer.run(tx, desk, its_rows, only_check) for importer, its_rows in _by_importer(known)]
        if first.problems or any(part.problems for part in others):
            together.rollback()
    remarks = tuple(remark for row in known for remark in row.remarks)
    return [replace(first, tables=(*_how_read(remarks), *first.tables)), *others]


def _how_read(remarks: tuple[str, ...]) -> list[Listing]:
    return [Listing(remarks, "파일을 이렇게 읽었습니다.")] if remarks else []


def _by_importer(rows: Sequence[Row]) -> Iterator[tuple[Importer, list[Row]]]:
    """Those that have rows to take in."""
    for importer in IMPORTERS.values():
        if its_rows := [row for row in rows if row.kind in importer.kinds]:
            yield importer, its_rows


# --- as an act ---


def _import(tx: Transaction, desk: Desk, rows: Sequence[Row], **_files: Any) -> Told:
    return _told(tx, desk, import_rows(tx, desk, rows))


def _check(tx: Transaction, desk: Desk, rows: Sequence[Row], **_files: Any) -> Told:
    return _told(tx, replace(desk, is_preview=True), import_rows(tx, desk, rows, only_check=True))


def _told(tx: Transaction, desk: Desk, parts: Sequence[Imported]) -> Told:
    """With whom the changes of courses concern; they are told by themselves."""
    told = summary(parts)
    concerned = frozenset[int]().union(*(part.concerned for part in parts))
    return with_reach(tx, desk, told, concerned) if told.is_good and concerned else told


def _scope(tx: Transaction, desk: Desk, rows: Sequence[Row], **_files: Any) -> tuple[Scope, Sequence[Subject]]:
    """The courses and questions of the rows; what else is imported can't be undone."""
    of_courses = [row for row in as_known(tx, rows) if row.kind == COURSE_ROW]
    planned = (
        courses.check(of_courses, desk.organization.timezone, desk.organization.closed_days).planned
        if of_courses
        else ()
    )
    asked = questions.codes([row for row in rows if row.kind == COMMON_QUESTION])
    return {**changes.of_courses([one.course.code for one in planned]), **changes.of_questions(asked)}, []


IMPORT = acts.add(Act("import", "파일 등록", _import, _scope, ("changed", "closed"), repeats=True, check=_check))

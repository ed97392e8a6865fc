"""Every room that takes in officers' files: one table for commands and pages, and one way in for all kinds of rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from handlers.staff.counseling import importing as counseling
from handlers.staff.courses.sheets import importing as courses
from handlers.staff.courses.sheets.numbers import as_known
from handlers.staff.courses.sheets.reading import check as check_courses
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import NOTHING_SAID, Imported, Importer, Meant, summary
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Listing, Step, Told
from handlers.staff.files.rows import COMMON_QUESTION, QUALIFICATION, Row
from handlers.staff.files.rows import COURSE as COURSE_ROW
from handlers.staff.postings import importing as postings
from handlers.staff.qualifications import importing as qualifications
from handlers.staff.questions import importing as questions
from handlers.staff.surveys.sheets import importing as surveys
from handlers.staff.year.entries import importing as year
from storage.audit import scopes
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction

IMPORTERS: Mapping[str, Importer] = {
    "courses": courses.IMPORTER,
    "surveys": surveys.IMPORTER,
    "postings": postings.IMPORTER,
    "counseling": counseling.IMPORTER,
    "questions": questions.IMPORTER,
    "qualifications": qualifications.IMPORTER,
    "year": year.IMPORTER,
}

MOST_SHOWN = 30  # lines of a kind that are told at once
LIST = "확인.txt"


def import_rows(
    tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False, meant: Meant = NOTHING_SAID
) -> list[Imported]:
    """Take in all of these rows, of whatever kinds, or none of them; with `only_check` it only reads."""
    known = as_known(tx, rows)
    with tx.begin_nested() as together:
        first, *others = [
            importer.run(tx, desk, its_rows, only_check, meant=meant) for importer, its_rows in _by_importer(known)
        ]
        if first.is_refused or any(part.is_refused for part in others):
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


def _import(tx: Transaction, desk: Desk, rows: Sequence[Row], **said: Any) -> Told:
    parts = import_rows(tx, desk, rows, meant=_meant(**said))
    return brief(_told(tx, desk, parts, **said), **said)


def _check(tx: Transaction, desk: Desk, rows: Sequence[Row], **said: Any) -> Told:
    return brief(check(tx, desk, rows, **said), **said)


def check(tx: Transaction, desk: Desk, rows: Sequence[Row], **said: Any) -> Told:
    """What an import would do and whom it would tell; only reads."""
    parts = import_rows(tx, desk, rows, only_check=True, meant=_meant(**said))
    return _told(tx, replace(desk, is_preview=True), parts, **said)


def brief(told: Told, **said: Any) -> Told:
    """So much of it as can be read at once, and how to get the rest."""
    if all(len(table.items if isinstance(table, Listing) else table.rows) <= MOST_SHOWN for table in told.tables):
        return told
    tables = tuple(table.first(MOST_SHOWN) for table in told.tables)
    words = _words(**said) | {"check": True, "write": LIST}
    return replace(told, tables=tables, steps=(*told.steps, Step("모두 파일로 보려면", "import", words)))


def _words(
    files: Sequence[str] = (), as_written: bool = False, same_course: Sequence[str] = (), **_names: Any
) -> dict[str, Any]:
    return {"files": list(files), "same_course": list(same_course), "as_written": as_written}


def _meant(as_written: bool = False, same_course: Sequence[str] = (), **_files: Any) -> Meant:
    return Meant(as_written, frozenset(same_course))


def _told(tx: Transaction, desk: Desk, parts: Sequence[Imported], **said: Any) -> Told:
    """With whom the changes of courses concern, who are told by themselves, and how to say what was asked about."""
    told, concerned = summary(parts), frozenset[int]().union(*(part.concerned for part in parts))
    if told.is_good:
        return with_reach(tx, desk, told, concerned) if concerned else told
    reused = [code for part in parts for code, _ in part.reused]
    is_odd = any(part.questions for part in parts)
    words = _words(**said)
    words["same_course"] += reused
    words["as_written"] |= is_odd
    why = "같은 과정이 맞으면" if reused and not is_odd else "적은 그대로가 맞으면"
    return replace(told, steps=(*told.steps, Step(why, "import", words))) if reused or is_odd else told


def _scope(tx: Transaction, desk: Desk, rows: Sequence[Row], **_files: Any) -> tuple[Scope, Sequence[Subject]]:
    """What the rows tell of; importing surveys, postings and counseling can't be undone."""
    of_courses = [row for row in as_known(tx, rows) if row.kind == COURSE_ROW]
    here = desk.organization
    planned = check_courses(of_courses, here.timezone, here.closed_days).planned if of_courses else ()
    asked = questions.codes([row for row in rows if row.kind == COMMON_QUESTION])
    acquired = qualifications.applications([row for row in rows if row.kind == QUALIFICATION])
    of_rest = {
        **scopes.of_questions(asked),
        **(scopes.of_qualifications(acquired) if acquired else {}),
        **year.scope(tx, rows),
    }
    return {**scopes.of_courses([one.course.code for one in planned]), **of_rest}, []


IMPORT = acts.add(Act("import", "파일 등록", _import, _scope, ("changed", "closed"), repeats=True, check=_check))

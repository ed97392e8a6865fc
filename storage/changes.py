"""Rows before and after an act, in a form that can be kept and undone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, Select, Table, Time, and_, false, or_, select
from sqlalchemy.exc import IntegrityError

from storage.database import Transaction
from storage.tables import (
    Listed,
    UtcDateTime,
    announcements,
    appointments,
    attendance,
    callbacks,
    certificates,
    common_questions,
    course_changes,
    courses,
    draws,
    enrollments,
    instructor_candidates,
    message_templates,
    metadata,
    missed_phrases,
    officer_deputies,
    outbox,
    postings,
    qualifications,
    quarters,
    seat_holds,
    session_changes,
    sessions,
    survey_rounds,
    surveys,
)
from storage.year.entries import TABLES, Entry

# Of people only this is kept: what they are called and how they are reached stands in no journal.
KEPT = {
    "residents": (
        "id",
        "language",
        "is_simple",
        "simple_declined_at",
        "created_at",
        "erased_at",
        "merged_into",
        "merged_at",
        "lent",
    ),
    "addresses": ("id", "resident_id", "channel", "unreachable", "created_at", "is_main"),
}

# What officers write about somebody: kept is that there is something, and undoing leaves what was there empty.
FREE_TEXTS = {
    ("enrollments", "end_reason"),
    ("enrollments", "no_show_waived"),
    ("appointments", "note"),
    ("consents", "paper"),
    ("certificates", "revoke_reason"),
}
SOMETHING = "*"


@dataclass(frozen=True)
class Columns:
    """Of these rows only these columns are changed and kept: no other value of theirs gets into the journal."""

    these: ColumnElement[bool]
    names: tuple[str, ...]


Scope = Mapping[Table, ColumnElement[bool] | Columns]  # which rows of which tables an act may change
Values = dict[str, Any]  # columns as JSON holds them
Snapshot = dict[tuple[str, tuple[Any, ...]], Values]  # by table and key


@dataclass(frozen=True)
class Change:
    """A row that was changed: of `before` and `after` only the columns that differ, and None where there was no row."""

    table: str
    key: tuple[Any, ...]
    before: Values | None
    after: Values | None


def of_courses(codes: Sequence[str]) -> Scope:
    """All that belongs to courses, those too that are only now added."""
    ids = select(courses.c.id).where(courses.c.code.in_(codes))
    parts = (sessions, session_changes, course_changes, enrollments, draws, seat_holds)
    return {courses: courses.c.code.in_(codes), **{part: part.c.course_id.in_(ids) for part in parts}}


def of_attendance(session_ids: Sequence[int], enrollment_ids: Sequence[int] | None = None) -> Scope:
    """What was said of these classes, of all or of these people; why it was said stands in no journal."""
    these: ColumnElement[bool] = attendance.c.session_id.in_(session_ids)
    if enrollment_ids is not None:
        these &= attendance.c.enrollment_id.in_(enrollment_ids)
    return {attendance: Columns(these, ("session_id", "enrollment_id", "mark", "standing"))}


def of_certificates(enrollment_ids: Sequence[int]) -> Scope:
    """Whether they are valid; the name and the code on them stand in no journal."""
    names = ("enrollment_id", "number", "issued_at", "revoked_at", "revoke_reason", "replaced_by")
    return {certificates: Columns(certificates.c.enrollment_id.in_(enrollment_ids), names)}


def of_qualifications(enrollment_ids: Sequence[int]) -> Scope:
    return {qualifications: qualifications.c.enrollment_id.in_(enrollment_ids)}


def of_appointments(ids: Sequence[int]) -> Scope:
    return {appointments: appointments.c.id.in_(ids)}


def of_notices(ids: Sequence[int]) -> Scope:
    return {outbox: outbox.c.id.in_(ids)}


def of_callbacks(ids: Sequence[int]) -> Scope:
    """Whether they are over: what was told for them stands in no journal."""
    return {callbacks: Columns(callbacks.c.id.in_(ids), ("ended_at", "outcome"))}


def of_questions(codes: Sequence[str]) -> Scope:
    return {common_questions: common_questions.c.code.in_(codes)}


def of_phrases(ids: Sequence[int]) -> Scope:
    """What is done with phrases that found nothing."""
    return {missed_phrases: Columns(missed_phrases.c.id.in_(ids), ("state",))}


def of_candidates(enrollment_ids: Sequence[int]) -> Scope:
    """Which course candidates teach; what was told of its instructor is kept elsewhere, as it may be a name."""
    these = instructor_candidates.c.enrollment_id.in_(enrollment_ids)
    return {instructor_candidates: Columns(these, ("course_id", "assigned_at"))}


def of_postings(ids: Sequence[int]) -> Scope:
    """Whether they are seen."""
    return {postings: Columns(postings.c.id.in_(ids), ("hidden_at", "is_barred"))}


def of_new_announcements(newest: int) -> Scope:
    """Those that come after this one; what they say stands masked among the words of the act."""
    names = ("id", "course_id", "whom", "people", "taken_back_at")
    return {announcements: Columns(announcements.c.id > newest, names)}


def of_templates(names: Sequence[str]) -> Scope:
    return {message_templates: message_templates.c.name.in_(names)}


def of_deputies(officer_id: int, deputy_id: int) -> Scope:
    """When one officer stands in for the other."""
    both = and_(officer_deputies.c.officer_id == officer_id, officer_deputies.c.deputy_id == deputy_id)
    return {officer_deputies: both}


def of_outcomes(ids: Sequence[int]) -> Scope:
    """What became of notices, and not whose they are."""
    names = ("outcome", "reason", "settled_at", "started_at", "attempts", "due_at", "expires_at")
    return {outbox: Columns(outbox.c.id.in_(ids), names)}


def of_quarters(year: int, quarter: int) -> Scope:
    return {quarters: and_(quarters.c.year == year, quarters.c.quarter == quarter)}


def of_surveys(codes: Sequence[str]) -> Scope:
    """Their versions, and the rounds in which these are asked."""
    ids = select(surveys.c.id).where(surveys.c.code.in_(codes))
    return {surveys: surveys.c.code.in_(codes), survey_rounds: survey_rounds.c.survey_id.in_(ids)}


def of_entries(sort: type[Entry], ids: Collection[int] = (), newest: int | None = None) -> Scope:
    """These of what is entered of a year, and those that come after the newest."""
    table = TABLES[sort]
    later = table.c.id > newest if newest is not None else false()
    return {table: or_(table.c.id.in_(list(ids)), later)}


def snapshot(tx: Transaction, scope: Scope) -> Snapshot:
    found: Snapshot = {}
    for table, named in scope.items():
        part = named if isinstance(named, Columns) else Columns(named, tuple(table.c.keys()))
        keys = [column.name for column in table.primary_key]
        columns = [table.c[name] for name in dict.fromkeys([*keys, *part.names])]
        query: Select[Any] = select(*columns).where(part.these)
        for row in tx.execute(query):
            values = _values(table, row)
            found[table.name, _key(table, row)] = {name: values[name] for name in part.names}
    return found


def people(snapshots: Sequence[Snapshot], changed: Sequence[Change]) -> set[int]:
    """Those whose rows were changed."""
    rows = (each.get((change.table, change.key), {}) for each in snapshots for change in changed)
    themselves = {change.key[0] for change in changed if change.table == "residents"}
    return themselves | {row["resident_id"] for row in rows if row.get("resident_id")}


def between(before: Snapshot, after: Snapshot) -> list[Change]:
    return [
        change
        for table, key in dict.fromkeys([*before, *after])
        if (change := _change(table, key, before.get((table, key)), after.get((table, key))))
    ]


def to_json(changes: Sequence[Change]) -> list[Any]:
    return [[each.table, list(each.key), each.before, each.after] for each in changes]


def from_json(written: Sequence[Any]) -> list[Change]:
    return [Change(table, tuple(key), before, after) for table, key, before, after in written]


def changed_since(tx: Transaction, changes: Sequence[Change]) -> list[Change]:
    """Those whose rows are no longer as the change left them."""
    return [each for each in changes if not _is_as(_now(tx, each), each.after)]


def undo(tx: Transaction, changes: Sequence[Change]) -> None:
    """Put rows back as they were, parents before children; IntegrityError when something has come to depend on them.

    A revision only grows: calendars ignore what is older than what they know.
    """
    tables = {table.name: place for place, table in enumerate(metadata.sorted_tables)}
    ordered = sorted(changes, key=lambda each: tables[each.table])
    for each in reversed(ordered):
        if each.before is None or _is_put_back_whole(each):
            table = metadata.tables[each.table]
            tx.execute(table.delete().where(_this(table, each.key)))
    _restore_all(tx, [each for each in ordered if each.before is not None])


def value_of(table: str, name: str, value: Any) -> Any:
    """What a column of a change holds, as its row has it."""
    return _from_json(metadata.tables[table], name, value)


def _change(table: str, key: tuple[Any, ...], before: Values | None, after: Values | None) -> Change | None:
    if before == after:
        return None
    if before is None or after is None or _is_put_back_whole(Change(table, key, before, after)):
        return Change(table, key, before, after)
    differing = [name for name in after if before[name] != after[name]]
    return Change(table, key, {name: before[name] for name in differing}, {name: after[name] for name in differing})


def _restore_all(tx: Transaction, changes: Sequence[Change]) -> None:
    """Where a row stands in another's way until that is back as well, it comes after it."""
    waiting: list[Change] = []
    for each in changes:
        try:
            with tx.begin_nested():
                _restore(tx, each)
        except IntegrityError:
            if len(changes) == 1:
                raise
            waiting.append(each)
    if waiting:
        _restore_all(tx, waiting if len(waiting) < len(changes) else waiting[:1])


def _restore(tx: Transaction, change: Change) -> None:
    table = metadata.tables[change.table]
    assert change.before is not None
    values = {name: _from_json(table, name, value) for name, value in change.before.items()}
    if change.after is not None and "revision" in values:
        values["revision"] = change.after["revision"] + 1
    if change.after is None or _is_put_back_whole(change):
        tx.execute(table.insert().values(values))
    else:
        tx.execute(table.update().where(_this(table, change.key)).values(values))


def _is_put_back_whole(change: Change) -> bool:
    """Where all of it is known and no other row points to it: numbers of classes may have changed places."""
    table = metadata.tables[change.table]
    known = {*(change.before or {}), *(change.after or {})}
    if table.name in KEPT or not {column.name for column in table.primary_key} <= known:
        return False
    keys = (key for other in metadata.sorted_tables for key in other.foreign_keys)
    return not any(key.column.table is table for key in keys)


def _now(tx: Transaction, change: Change) -> Values | None:
    table = metadata.tables[change.table]
    row = tx.execute(select(table).where(_this(table, change.key))).one_or_none()
    return _values(table, row) if row else None


def _is_as(now: Values | None, values: Values | None) -> bool:
    if now is None or values is None:
        return now is None and values is None
    return all(now[name] == value for name, value in values.items())


def _values(table: Table, row: Row[Any]) -> Values:
    kept = KEPT.get(table.name, row._mapping)
    return {name: _to_json(table, name, value) for name, value in row._mapping.items() if name in kept}


def _key(table: Table, row: Row[Any]) -> tuple[Any, ...]:
    return tuple(row._mapping[column.name] for column in table.primary_key)


def _this(table: Table, key: Sequence[Any]) -> ColumnElement[bool]:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))


def _to_json(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if (table.name, name) in FREE_TEXTS:
        return SOMETHING if value else value
    if isinstance(kind, Listed) and value is not None:
        return kind.write(value)
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _from_json(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if (table.name, name) in FREE_TEXTS:
        return ""
    if not isinstance(value, str):
        return value
    if isinstance(kind, Listed):
        return kind.read(value)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return time.fromisoformat(value) if isinstance(kind, Time) else value

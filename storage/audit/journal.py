"""The journal of officers' acts and looks: who, when, from where, what, what for, whose, and what was changed.

It holds no personal data: people stand in it by the ids of their records, and what is told to it is masked before.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast, func, insert, select

from storage.audit import chain, changes
from storage.audit.changes import Change
from storage.database import Transaction, hold
from storage.tables import UtcDateTime, journal, journal_subjects

COURSE, ENROLLMENT, APPOINTMENT, NOTICE, PERSON = "course", "enrollment", "appointment", "notice", "person"
ANNOUNCEMENT = "announcement"
CALLBACK = "callback"
Subject = chain.Subject  # (kind, id)
OWN = "본인"  # who looks at and changes what is theirs


@dataclass(frozen=True)
class Officer:
    """Who acts, and from where: the command line or the console."""

    name: str
    origin: str


@dataclass(frozen=True)
class Entry:
    """`args` are the words of the act as it was asked for; `purpose` is what it was for, and "" what the act is for.

    `undone_at` is when it was undone.
    """

    id: int
    at: datetime
    officer: Officer
    action: str
    args: Mapping[str, Any]
    changes: Sequence[Change]
    undoes: int | None
    undone_at: datetime | None
    purpose: str = ""


def add(
    tx: Transaction,
    officer: Officer,
    action: str,
    args: Mapping[str, Any],
    now: datetime,
    *,
    changed: Sequence[Change] = (),
    subjects: Sequence[Subject] = (),
    undoes: int | None = None,
    purpose: str = "",
) -> int:
    """Its id. Entries are written one after the other, each with a digest over itself and the one before.

    `subjects` of the kind PERSON are all whose data was shown or changed, however many. It locks the journal until the
    transaction ends, so it is the last of what a transaction locks.
    """
    about = sorted(set(subjects))
    hold(tx, "journal")
    row = {
        "at": now,
        "officer": officer.name,
        "origin": officer.origin,
        "action": action,
        "args": _storable(args),
        "changes": changes.to_json(changed),
        "undoes_id": undoes,
        "purpose": purpose,
    }
    last = tx.execute(select(journal.c.digest).order_by(journal.c.id.desc()).limit(1)).scalar()
    digest = chain.digest(last or "", row, about)
    entry_id: int = tx.execute(journal.insert().values(**row, digest=digest).returning(journal.c.id)).scalar_one()
    touched = [{"entry_id": entry_id, "kind": kind, "subject_id": subject} for kind, subject in about]
    if touched:
        tx.execute(insert(journal_subjects), touched)
    return entry_id


def add_own(
    tx: Transaction,
    resident_id: int,
    channel: str,
    action: str,
    args: Mapping[str, Any],
    now: datetime,
) -> int:
    """What somebody looked at or changed of their own, and in which chat; its id. `args` hold ids and no words."""
    return add(tx, Officer(OWN, channel), action, args, now, subjects=[(PERSON, resident_id)])


def cut(tx: Transaction, officer: Officer, before: datetime, now: datetime) -> int:
    """Take away the entries from before a moment, which an entry says; how many they were."""
    hold(tx, "journal")
    last = chain.last_before(tx, before)
    oldest = chain.up_to(tx, last)
    if oldest["count"]:
        add(tx, officer, chain.CUT, oldest, now)
        chain.remove(tx, last)
    return int(oldest["count"])


def find(tx: Transaction, entry_id: int) -> Entry | None:
    row = tx.execute(_entries().where(journal.c.id == entry_id)).one_or_none()
    return _entry(row) if row else None


def recent(tx: Transaction, count: int) -> list[Entry]:
    """The last acts that changed something that can be undone, the newest first."""
    has_changes = func.length(cast(journal.c.changes, Text)) > len("[]")
    these = _entries().where(has_changes, journal.c.undoes_id.is_(None))
    return [_entry(row) for row in tx.execute(these.order_by(journal.c.id.desc()).limit(count))]


def is_same(entry: Entry, args: Mapping[str, Any]) -> bool:
    """Whether it was asked for in these words."""
    return entry.args == _storable(args)


def about(tx: Transaction, kind: str, subject: int, after: int = 0) -> list[Entry]:
    """What was done to it since an entry, the oldest first; looks and refusals changed nothing and are left out."""
    these = select(journal_subjects.c.entry_id).where(
        journal_subjects.c.kind == kind, journal_subjects.c.subject_id == subject, journal_subjects.c.entry_id > after
    )
    rows = tx.execute(_entries().where(journal.c.id.in_(these)).order_by(journal.c.id))
    return [entry for entry in map(_entry, rows) if "/" not in entry.action]


def last_about(tx: Transaction, kind: str, subject: int) -> int:
    """The newest entry of it; 0 where there is none."""
    these = (journal_subjects.c.kind == kind, journal_subjects.c.subject_id == subject)
    return tx.execute(select(func.max(journal_subjects.c.entry_id)).where(*these)).scalar() or 0


def standing(tx: Transaction, action: str, kind: str, ids: Sequence[int]) -> dict[int, list[Entry]]:
    """By subject, the entries of an act on it that weren't undone, the oldest first."""
    this = (journal_subjects.c.kind == kind, journal_subjects.c.subject_id.in_(ids))
    query = _entries().join(journal_subjects, journal_subjects.c.entry_id == journal.c.id)
    query = query.add_columns(journal_subjects.c.subject_id).where(journal.c.action == action, *this)
    found: dict[int, list[Entry]] = {}
    for row in tx.execute(query.order_by(journal.c.id)):
        entry = _entry(row)
        if not entry.undone_at:
            found.setdefault(row.subject_id, []).append(entry)
    return found


def of_subject(tx: Transaction, kind: str, subject_id: int) -> list[Entry]:
    """All entries of acts on it, those too that were undone, the oldest first."""
    query = _entries().join(journal_subjects, journal_subjects.c.entry_id == journal.c.id)
    these = query.where(journal_subjects.c.kind == kind, journal_subjects.c.subject_id == subject_id)
    return [_entry(row) for row in tx.execute(these.order_by(journal.c.id))]


def standing_since(tx: Transaction, action: str, since: datetime) -> list[Entry]:
    """The entries of an act that weren't undone, the newest first."""
    rows = tx.execute(_entries().where(journal.c.action == action, journal.c.at >= since).order_by(journal.c.id.desc()))
    return [entry for entry in map(_entry, rows) if not entry.undone_at]


_undo = journal.alias()
_TOUCHED = (
    select(journal_subjects.c.kind, journal_subjects.c.subject_id, func.max(journal.c.at))
    .join(journal, journal.c.id == journal_subjects.c.entry_id)
    .where(journal_subjects.c.kind != PERSON, journal.c.at > bindparam("since", type_=UtcDateTime))
    .where(journal.c.undoes_id.is_(None), ~select(_undo.c.id).where(_undo.c.undoes_id == journal.c.id).exists())
    .group_by(journal_subjects.c.kind, journal_subjects.c.subject_id)
)


def touched_since(tx: Transaction, since: datetime) -> dict[Subject, datetime]:
    """What acts that still stand touched after a moment, and when the last of them did; people apart."""
    return {(kind, subject): at for kind, subject, at in tx.execute(_TOUCHED, {"since": since})}


def subjects_of(changed: Sequence[Change]) -> Iterator[Subject]:
    """The courses, enrollments, appointments and announcements that changes touch, each once."""
    kinds = {
        "courses": COURSE,
        "enrollments": ENROLLMENT,
        "appointments": APPOINTMENT,
        "announcements": ANNOUNCEMENT,
        "instructor_candidates": ENROLLMENT,  # by whose number they are known
    }
    found: dict[Subject, None] = {}
    for each in changed:
        if each.table in kinds:
            found[kinds[each.table], each.key[0]] = None
        row = {**(each.before or {}), **(each.after or {})}
        if row.get("course_id") is not None:
            found[COURSE, row["course_id"]] = None
    yield from found


def people_of(tx: Transaction, entry_id: int) -> list[Subject]:
    """Whose data an entry says that it touched."""
    these = (journal_subjects.c.entry_id == entry_id, journal_subjects.c.kind == PERSON)
    return people(tx.execute(select(journal_subjects.c.subject_id).where(*these)).scalars())


def people(resident_ids: Iterable[int]) -> list[Subject]:
    """As subjects of an entry."""
    return [(PERSON, resident_id) for resident_id in resident_ids]


def _entries() -> Select[Any]:
    undo = journal.alias()
    undone_at = select(func.max(undo.c.at)).where(undo.c.undoes_id == journal.c.id).scalar_subquery()
    return select(journal, undone_at.label("undone_at"))


def _entry(row: Any) -> Entry:
    officer = Officer(row.officer, row.origin)
    changed = changes.from_json(row.changes)
    return Entry(
        row.id, row.at, officer, row.action, row.args, changed, row.undoes_id, row.undone_at, row.purpose or ""
    )


def _storable(args: Mapping[str, Any]) -> dict[str, Any]:
    """A file's name may hold bytes that are no letters, which no database takes."""
    written = json.dumps(dict(args), ensure_ascii=False)
    return json.loads(written.encode(errors="replace"))  # type: ignore[no-any-return]

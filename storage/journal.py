"""The journal of officers' acts and looks: who, when, from where, what, on what, and what was changed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, select

from storage import changes
from storage.changes import Change
from storage.database import Transaction, hold
from storage.tables import journal, journal_subjects

COURSE, ENROLLMENT, APPOINTMENT, NOTICE = "course", "enrollment", "appointment", "notice"

Subject = tuple[str, int]  # (kind, id)


@dataclass(frozen=True)
class Officer:
    """Who acts, and from where: the command line or the console."""

    name: str
    origin: str


@dataclass(frozen=True)
class Entry:
    """`args` are the words of the act as it was asked for; `undone_at` is when it was undone."""

    id: int
    at: datetime
    officer: Officer
    action: str
    args: Mapping[str, Any]
    changes: Sequence[Change]
    undoes: int | None
    undone_at: datetime | None


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
) -> int:
    """Its id. Entries are written one after the other, each with a digest over itself and the one before."""
    hold(tx, "journal")
    row = {
        "at": now,
        "officer": officer.name,
        "origin": officer.origin,
        "action": action,
        "args": _storable(args),
        "changes": changes.to_json(changed),
        "undoes_id": undoes,
    }
    last = tx.execute(select(journal.c.digest).order_by(journal.c.id.desc()).limit(1)).scalar()
    digest = _digest(last or "", row)
    entry_id: int = tx.execute(journal.insert().values(**row, digest=digest).returning(journal.c.id)).scalar_one()
    touched = [{"entry_id": entry_id, "kind": kind, "subject_id": subject} for kind, subject in subjects]
    if touched:
        tx.execute(journal_subjects.insert(), touched)
    return entry_id


def find(tx: Transaction, entry_id: int) -> Entry | None:
    row = tx.execute(_entries().where(journal.c.id == entry_id)).one_or_none()
    return _entry(row) if row else None


def recent(tx: Transaction, count: int) -> list[Entry]:
    """The last acts that changed something that can be undone, the newest first."""
    rows = tx.execute(_entries().order_by(journal.c.id.desc()).limit(10 * count))
    return [entry for entry in map(_entry, rows) if entry.changes and entry.undoes is None][:count]


def last_same(tx: Transaction, action: str, args: Mapping[str, Any], since: datetime) -> Entry | None:
    """The newest entry of the same act asked for in the same words since then, unless it was undone."""
    rows = tx.execute(_entries().where(journal.c.action == action, journal.c.at >= since).order_by(journal.c.id.desc()))
    asked = _storable(args)
    same = (entry for entry in map(_entry, rows) if entry.args == asked and entry.undone_at is None)
    return next(same, None)


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


def standing_since(tx: Transaction, action: str, since: datetime) -> list[Entry]:
    """The entries of an act that weren't undone, the newest first."""
    rows = tx.execute(_entries().where(journal.c.action == action, journal.c.at >= since).order_by(journal.c.id.desc()))
    return [entry for entry in map(_entry, rows) if not entry.undone_at]


def is_undone(tx: Transaction, entry_id: int) -> bool:
    return bool(tx.execute(select(func.count()).where(journal.c.undoes_id == entry_id)).scalar())


def touched_since(tx: Transaction, since: datetime) -> dict[Subject, datetime]:
    """What acts that still stand touched after a moment, and when the last of them did."""
    entry, undo = journal, journal.alias()
    undone = select(undo.c.id).where(undo.c.undoes_id == entry.c.id).exists()
    query = select(journal_subjects.c.kind, journal_subjects.c.subject_id, func.max(entry.c.at))
    query = query.join(entry, entry.c.id == journal_subjects.c.entry_id)
    these = query.where(entry.c.at > since, entry.c.undoes_id.is_(None), ~undone)
    rows = tx.execute(these.group_by(journal_subjects.c.kind, journal_subjects.c.subject_id))
    return {(kind, subject): at for kind, subject, at in rows}


def subjects(tx: Transaction, entry_id: int) -> list[Subject]:
    """What an entry was about."""
    these = select(journal_subjects.c.kind, journal_subjects.c.subject_id).where(
        journal_subjects.c.entry_id == entry_id
    )
    return [(kind, subject) for kind, subject in tx.execute(these.order_by(journal_subjects.c.id))]


def broken(tx: Transaction) -> int | None:
    """The first entry that isn't as it was written, or before which one is missing; None when all holds."""
    last = ""
    for row in tx.execute(select(journal).order_by(journal.c.id)):
        if row.digest != _digest(last, dict(row._mapping)):
            return int(row.id)
        last = row.digest
    return None


def subjects_of(changed: Sequence[Change]) -> Iterator[Subject]:
    """The courses, enrollments and appointments that changes touch, each once."""
    kinds = {"courses": COURSE, "enrollments": ENROLLMENT, "appointments": APPOINTMENT}
    found: dict[Subject, None] = {}
    for each in changed:
        if each.table in kinds:
            found[kinds[each.table], each.key[0]] = None
        row = {**(each.before or {}), **(each.after or {})}
        if "course_id" in row:
            found[COURSE, row["course_id"]] = None
    yield from found


def _entries() -> Select[Any]:
    undo = journal.alias()
    undone_at = select(func.max(undo.c.at)).where(undo.c.undoes_id == journal.c.id).scalar_subquery()
    return select(journal, undone_at.label("undone_at"))


def _entry(row: Any) -> Entry:
    officer = Officer(row.officer, row.origin)
    changed = changes.from_json(row.changes)
    return Entry(row.id, row.at, officer, row.action, row.args, changed, row.undoes_id, row.undone_at)


def _storable(args: Mapping[str, Any]) -> dict[str, Any]:
    """A file's name may hold bytes that are no letters, which no database takes."""
    written = json.dumps(dict(args), ensure_ascii=False)
    return json.loads(written.encode(errors="replace"))  # type: ignore[no-any-return]


def _digest(last: str, row: Mapping[str, Any]) -> str:
    kept = [row[name] for name in ("officer", "origin", "action", "args", "changes", "undoes_id")]
    written = json.dumps([last, row["at"].astimezone(UTC).isoformat(), *kept], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()

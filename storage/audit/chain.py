"""What binds the entries of the journal to each other, and how the oldest leave without breaking it."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, select

from storage.database import Transaction
from storage.tables import journal, journal_subjects

CUT = "journal-cut"  # the entry that says up to which one the oldest were taken away
READ_AT_ONCE = 1000  # entries

Subject = tuple[str, int]  # (kind, id)


def digest(last: str, row: Mapping[str, Any], subjects: Sequence[Subject]) -> str:
    """Of an entry with all that it says and touches, sorted, and the digest of the one before."""
    kept = [row[name] for name in ("officer", "origin", "action", "args", "changes", "undoes_id")]
    if row["purpose"] is not None:
        kept += [row["purpose"], subjects]
    written = json.dumps([last, row["at"].astimezone(UTC).isoformat(), *kept], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def broken(tx: Transaction) -> int | None:
    """The first entry that isn't as it was written, or before which one is missing; None when all holds."""
    last = _before_first(tx)
    for row, subjects in _entries(tx):
        if row.digest != digest(last, dict(row._mapping), subjects):
            return int(row.id)
        last = row.digest
    return None


def head(tx: Transaction) -> tuple[int, str]:
    """The id and digest of the newest entry: who has them knows later whether all before is as it was."""
    row = tx.execute(select(journal.c.id, journal.c.digest).order_by(journal.c.id.desc()).limit(1)).one_or_none()
    return (row.id, row.digest) if row else (0, "")


def last_before(tx: Transaction, before: datetime) -> int:
    """The last entry that may leave: it and all in front of it are older, and nothing newer undoes one of them."""
    newer = tx.execute(select(func.min(journal.c.id)).where(journal.c.at >= before)).scalar()
    last = newer - 1 if newer is not None else head(tx)[0]
    undone = tx.execute(select(func.min(journal.c.undoes_id)).where(journal.c.id > last)).scalar()
    return last if undone is None else min(last, undone - 1)


def up_to(tx: Transaction, last: int) -> dict[str, Any]:
    """What has to be told of the entries up to this one once they are gone."""
    count, end = tx.execute(select(func.count(), func.max(journal.c.id)).where(journal.c.id <= last)).one()
    ended = tx.execute(select(journal.c.digest).where(journal.c.id == end)).scalar()
    return {"until": last, "count": count, "digest": ended}


def remove(tx: Transaction, last: int) -> None:
    """The oldest entries, up to this one."""
    tx.execute(delete(journal_subjects).where(journal_subjects.c.entry_id <= last))
    tx.execute(delete(journal).where(journal.c.id <= last))


def _before_first(tx: Transaction) -> str:
    """The digest with which the last entry ended that was taken away."""
    cut = select(journal.c.args).where(journal.c.action == CUT).order_by(journal.c.id.desc()).limit(1)
    args = tx.execute(cut).scalar()
    return str(args.get("digest", "")) if isinstance(args, dict) else ""


def _entries(tx: Transaction) -> Iterator[tuple[Row[Any], list[Subject]]]:
    """All, each with what it touched."""
    last = 0
    while rows := tx.execute(_after(last)).all():
        these = journal_subjects.c.entry_id.between(rows[0].id, rows[-1].id)
        touched: dict[int, list[Subject]] = {}
        for entry_id, kind, subject in tx.execute(select(*_SUBJECT).where(these)):
            touched.setdefault(entry_id, []).append((kind, subject))
        yield from ((row, sorted(touched.get(row.id, ()))) for row in rows)
        last = rows[-1].id


_SUBJECT = (journal_subjects.c.entry_id, journal_subjects.c.kind, journal_subjects.c.subject_id)


def _after(last: int) -> Select[Any]:
    return select(journal).where(journal.c.id > last).order_by(journal.c.id).limit(READ_AT_ONCE)

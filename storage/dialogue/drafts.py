"""Drafts: forms that residents have begun, as the log of their answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select

from storage.database import Transaction, insert_in
from storage.engine.prepared import Prepared
from storage.tables import drafts

Log = list[tuple[str, Any]]


@dataclass(frozen=True)
class Draft:
    """`log` is the answers in the order they were given; a None takes an answer back."""

    form: str
    subject: int
    log: Log
    resident_id: int = 0


_FIND = Prepared(
    select(drafts.c.log).where(
        drafts.c.resident_id == bindparam("resident_id"),
        drafts.c.form == bindparam("form"),
        drafts.c.subject == bindparam("subject"),
    )
)
_LATEST = Prepared(
    select(drafts.c.form, drafts.c.subject, drafts.c.log, drafts.c.resident_id)
    .where(drafts.c.resident_id.in_(bindparam("resident_ids", expanding=True)))
    .order_by(drafts.c.touched_at.desc())
    .limit(1)
)


def find(tx: Transaction, resident_id: int, form: str, subject: int) -> Draft | None:
    log = _FIND.value(tx, resident_id=resident_id, form=form, subject=subject)
    return None if log is None else _draft(form, subject, log)


def latest(tx: Transaction, resident_ids: Sequence[int]) -> Draft | None:
    """The one of theirs that was written in last."""
    row = _LATEST.first(tx, resident_ids=resident_ids)
    return replace(_draft(*row[:3]), resident_id=row[3]) if row else None


def save(tx: Transaction, resident_id: int, draft: Draft, now: datetime) -> None:
    kept = {"log": [list(entry) for entry in draft.log], "touched_at": now}
    _saving(tx.dialect.name).run(tx, resident_id=resident_id, form=draft.form, subject=draft.subject, **kept)


@cache
def _saving(dialect: str) -> Prepared:
    columns = ("resident_id", "form", "subject", "log", "touched_at")
    add = insert_in(dialect, drafts).values({name: bindparam(name, type_=drafts.c[name].type) for name in columns})
    change = {"log": add.excluded.log, "touched_at": add.excluded.touched_at}
    return Prepared(add.on_conflict_do_update(index_elements=["resident_id", "form", "subject"], set_=change))


def discard(tx: Transaction, resident_id: int, form: str, subject: int) -> None:
    mine = (drafts.c.resident_id == resident_id, drafts.c.form == form, drafts.c.subject == subject)
    tx.execute(delete(drafts).where(*mine))


def forget_before(tx: Transaction, moment: datetime) -> int:
    return tx.execute(delete(drafts).where(drafts.c.touched_at < moment)).rowcount


def _draft(form: str, subject: int, log: list[list[Any]]) -> Draft:
    return Draft(form, subject, [(name, value) for name, value in log])

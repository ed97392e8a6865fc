"""Texts that a sender has approved: what may leave by AlimTalk, and what may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select, update

from storage.database import Transaction, insert
from storage.tables import notice_templates

Status = Literal["pending", "approved", "rejected", "stopped", "missing"]


@dataclass(frozen=True)
class Approved:
    """What a sender has for a kind; `reason` says why it can't be used where it `is_usable` not."""

    way: str
    kind: str
    code: str
    name: str
    text: str
    status: Status
    is_usable: bool
    reason: str | None
    looked_at: datetime


_FIELDS = [notice_templates.c[name] for name in Approved.__dataclass_fields__]


def of_way(tx: Transaction, way: str) -> dict[str, Approved]:
    """By kind."""
    rows = tx.execute(select(*_FIELDS).where(notice_templates.c.way == way).order_by(notice_templates.c.kind))
    return {row.kind: Approved(*row) for row in rows}


def usable(tx: Transaction, way: str, kind: str) -> Approved | None:
    """What a kind leaves with by a way."""
    these = (notice_templates.c.way == way, notice_templates.c.kind == kind, notice_templates.c.is_usable)
    row = tx.execute(select(*_FIELDS).where(*these)).one_or_none()
    return Approved(*row) if row else None


def keep(tx: Transaction, found: Sequence[Approved]) -> None:
    """What was found at the sender takes the place of what was known of the same kinds."""
    for each in found:
        written = insert(tx, notice_templates).values(each.__dict__)
        changed = {
            name: written.excluded[name] for name in Approved.__dataclass_fields__ if name not in ("way", "kind")
        }
        tx.execute(written.on_conflict_do_update(index_elements=["way", "kind"], set_=changed))


def stop(tx: Transaction, way: str, kind: str, reason: str, now: datetime) -> None:
    """Nothing of this kind leaves so any more, until its template is looked at again and found good."""
    these = (notice_templates.c.way == way, notice_templates.c.kind == kind, notice_templates.c.is_usable)
    gone = {"status": "stopped", "is_usable": False, "reason": reason, "looked_at": now}
    tx.execute(update(notice_templates).where(*these).values(gone))

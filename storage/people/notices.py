"""What one person was told, what they are owed, and what did not arrive."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.database import Transaction
from storage.states import NoticeOutcome
from storage.tables import outbox


@dataclass(frozen=True)
class Notice:
    """Without an `outcome` it is owed still, or on its way; `seen_at` is when they saw it in a chat, or were called."""

    id: int
    kind: str
    about: int
    due_at: datetime
    started_at: datetime | None
    outcome: NoticeOutcome | None
    reason: str | None
    channel: str | None
    settled_at: datetime | None
    seen_at: datetime | None


def of_resident(tx: Transaction, resident_id: int, most: int) -> list[Notice]:
    """The newest first."""
    fields = [outbox.c[name] for name in Notice.__dataclass_fields__]
    theirs = select(*fields).where(outbox.c.resident_id == resident_id)
    newest_first = theirs.order_by(func.coalesce(outbox.c.settled_at, outbox.c.due_at).desc(), outbox.c.id.desc())
    return [Notice(*row) for row in tx.execute(newest_first.limit(most))]

"""What comes to be owed, each once under its key, and what is owed no more."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, select, update

from storage.database import Transaction, insert
from storage.notices.outbox import IS_OWED, OWED, SERVICE, Owed
from storage.reasons import Reason
from storage.tables import outbox


def owe(
    tx: Transaction,
    kind: str,
    occasion: str,
    concerned: Sequence[tuple[int, int]],
    due_at: datetime,
    until: datetime,
    rank: int = SERVICE,
) -> None:
    """Owe a notice to these (about, resident)."""
    rows = [
        {
            "key": f"{kind}/{occasion}/{about}/{resident}",
            "kind": kind,
            "rank": rank,
            "resident_id": resident,
            "about": about,
            "due_at": due_at,
            "expires_at": until,
        }
        for about, resident in concerned
    ]
    if rows:
        tx.execute(insert(tx, outbox).on_conflict_do_nothing(), rows)


def owe_in_chats(
    tx: Transaction, kind: str, occasion: str, chats: Sequence[tuple[int, int]], due_at: datetime, until: datetime
) -> None:
    """Owe a notice in each of these chats (resident, id of the address), and in no other one of theirs."""
    rows = [
        {
            "key": f"{kind}/{occasion}/{address_id}",
            "kind": kind,
            "rank": SERVICE,
            "resident_id": resident,
            "address_id": address_id,
            "about": address_id,
            "due_at": due_at,
            "expires_at": until,
        }
        for resident, address_id in chats
    ]
    if rows:
        tx.execute(insert(tx, outbox).on_conflict_do_nothing(), rows)


def withdraw(
    tx: Transaction, kinds: Sequence[str], abouts: Sequence[int], since: datetime, mark: str
) -> list[tuple[int, int]]:
    """Owe nothing of this any more that fell due since; (about, resident) of those who were told already.

    Keys of what is left get a mark, so that the same can be told again when it has become true anew.
    """
    these = (outbox.c.kind.in_(kinds), outbox.c.about.in_(abouts), outbox.c.due_at >= since)
    is_unseen = (outbox.c.outcome == "unreached") & outbox.c.seen_at.is_(None)
    tx.execute(delete(outbox).where(*these, and_(*IS_OWED) | is_unseen))
    was_told = outbox.c.outcome.in_(("sent", "unknown")) | outbox.c.seen_at.is_not(None)
    is_being_sent = outbox.c.outcome.is_(None) & outbox.c.started_at.is_not(None)
    rows = tx.execute(select(outbox.c.about, outbox.c.resident_id).where(*these, was_told | is_being_sent).distinct())
    told = [(about, resident) for about, resident in rows]
    tx.execute(update(outbox).where(*these).values(key=outbox.c.key + f"/{mark}"))
    return told


def withdraw_from_chats(tx: Transaction, kind: str, address_ids: Sequence[int], occasion: str) -> list[int]:
    """Owe nothing of this occasion any more; ids of the addresses of the chats that were told already."""
    these = (outbox.c.kind == kind, outbox.c.key.in_([f"{kind}/{occasion}/{each}" for each in address_ids]))
    is_unseen = (outbox.c.outcome == "unreached") & outbox.c.seen_at.is_(None)
    tx.execute(delete(outbox).where(*these, and_(*IS_OWED) | is_unseen))
    return list(tx.execute(select(outbox.c.about).where(*these).order_by(outbox.c.about)).scalars())


def cancel(tx: Transaction, resident_id: int, kinds: Sequence[str], now: datetime, reason: Reason) -> None:
    these = (outbox.c.resident_id == resident_id, outbox.c.kind.in_(kinds), outbox.c.outcome.is_(None))
    gone = {"outcome": "cancelled", "reason": reason, "settled_at": now}
    tx.execute(update(outbox).where(*these, outbox.c.started_at.is_(None)).values(gone))


def to_come(tx: Transaction, resident_id: int) -> list[Owed]:
    """What is owed to a resident, or found no way to them until now."""
    is_unseen = (outbox.c.outcome == "unreached") & outbox.c.seen_at.is_(None)
    these = OWED.where(outbox.c.resident_id == resident_id, and_(*IS_OWED) | is_unseen)
    return [Owed(*row) for row in tx.execute(these.order_by(outbox.c.id).with_for_update())]


def give(tx: Transaction, ids: Collection[int], resident_id: int) -> None:
    """These are for somebody else now."""
    tx.execute(update(outbox).where(outbox.c.id.in_(ids)).values(resident_id=resident_id))

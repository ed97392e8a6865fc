"""A notice as it left by a way that tells later what became of it; no two of one notice stand at the same time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, delete, func, select, update

from storage.database import Transaction, insert
from storage.notices import outbox
from storage.notices.outbox import Owed
from storage.reasons import Reason
from storage.tables import UtcDateTime, dispatches
from storage.tables import outbox as notices

DispatchOutcome = Literal["delivered", "failed", "unknown"]


@dataclass(frozen=True)
class Dispatch:
    """`cost` is in hundredths of a won; without an `outcome` it is on its way."""

    id: int
    notice_id: int | None
    kind: str
    way: str
    batch: str | None
    message_id: str | None
    cost: int
    started_at: datetime
    accepted_at: datetime | None
    outcome: DispatchOutcome | None


_FIELDS = [dispatches.c[name] for name in Dispatch.__dataclass_fields__]
_ON_ITS_WAY = dispatches.c.outcome.is_(None)
_OF_NOTICE = (dispatches.c.notice_id == bindparam("of_notice"), _ON_ITS_WAY)
_HOLD = select(*_FIELDS).where(dispatches.c.id == bindparam("at")).with_for_update()
_ACCEPT = (
    update(dispatches)
    .where(*_OF_NOTICE)
    .values(
        batch=bindparam("in_batch"), message_id=bindparam("as_message"), accepted_at=bindparam("now", type_=UtcDateTime)
    )
)
_END = (
    update(dispatches)
    .where(*_OF_NOTICE)
    .values(
        outcome=bindparam("became"),
        reason=bindparam("why"),
        settled_at=bindparam("now", type_=UtcDateTime),
        cost=dispatches.c.cost * bindparam("share"),
    )
)


def begin(tx: Transaction, owed: Owed, way: str, cost: int, now: datetime) -> int | None:
    """From now on it may have left by this way; None where it has left by one already."""
    row = {"notice_id": owed.id, "kind": owed.kind, "way": way, "cost": cost, "started_at": now}
    begun = insert(tx, dispatches).values(row).on_conflict_do_nothing().returning(dispatches.c.id)
    dispatch_id: int | None = tx.execute(begun).scalar()
    return dispatch_id


def take_back(tx: Transaction, notice_id: int) -> None:
    """It certainly didn't leave: what was begun is as if it had never been."""
    tx.execute(delete(dispatches).where(*_OF_NOTICE, dispatches.c.accepted_at.is_(None)), {"of_notice": notice_id})


def accept(tx: Transaction, notice_id: int, batch: str, message_id: str, now: datetime) -> None:
    """The way has taken it, and will tell what became of it, unless it was quicker to tell that than this."""
    taken = {"of_notice": notice_id, "in_batch": batch, "as_message": message_id, "now": now}
    if tx.execute(_ACCEPT, taken).rowcount:
        outbox.accept(tx, notice_id, now)


def end(tx: Transaction, notice_id: int, outcome: DispatchOutcome, now: datetime, reason: str | None = None) -> None:
    """What became of the one that is on its way, where the notice is looked after by who calls."""
    share = 0 if outcome == "failed" else 1
    tx.execute(_END, {"of_notice": notice_id, "became": outcome, "why": reason, "now": now, "share": share})


def settle(
    tx: Transaction,
    dispatch_id: int,
    outcome: DispatchOutcome,
    now: datetime,
    reason: str | None = None,
    cost: int | None = None,
    is_text: bool = False,
) -> bool:
    """What the way tells, for the dispatch and its notice; False where that was known already.

    A notice that failed is owed again, and leaves by the next way; one that was given up stays so.
    """
    found = tx.execute(_HOLD, {"at": dispatch_id}).one_or_none()
    if found is None or found.outcome not in (None, "unknown") or found.outcome == outcome:
        return False
    charged = 0 if outcome == "failed" else found.cost if cost is None else cost
    told = {"outcome": outcome, "reason": reason, "settled_at": now, "cost": charged, "is_text": is_text}
    tx.execute(update(dispatches).where(dispatches.c.id == dispatch_id).values(told))
    if found.notice_id is not None:
        _pass_on(tx, found.notice_id, found.outcome is not None, outcome, now, reason)
    return True


def _pass_on(
    tx: Transaction, notice_id: int, was_given_up: bool, outcome: DispatchOutcome, now: datetime, reason: str | None
) -> None:
    if was_given_up:
        became = {"outcome": "sent" if outcome == "delivered" else "unreached", "reason": reason, "settled_at": now}
        tx.execute(update(notices).where(notices.c.id == notice_id, notices.c.outcome == "unknown").values(became))
    elif outcome == "failed":
        outbox.again(tx, notice_id, now, reason or Reason.REFUSED)
    else:
        outbox.settle(tx, notice_id, "sent" if outcome == "delivered" else "unknown", now, reason)


def give_up(tx: Transaction, way: str, before: datetime, now: datetime) -> int:
    """Nobody told what became of these, which left before a moment: nobody knows, and they aren't repeated."""
    these = select(dispatches.c.id).where(dispatches.c.way == way, _ON_ITS_WAY, dispatches.c.started_at < before)
    found = list(tx.execute(these).scalars())
    for dispatch_id in found:
        settle(tx, dispatch_id, "unknown", now, Reason.NO_RESULT)
    return len(found)


def lose(tx: Transaction, before: datetime, now: datetime) -> None:
    """These were leaving when their process died; their notices are looked after by who calls."""
    these = (_ON_ITS_WAY, dispatches.c.accepted_at.is_(None), dispatches.c.started_at < before)
    lost = {"outcome": "unknown", "reason": Reason.INTERRUPTED, "settled_at": now}
    tx.execute(update(dispatches).where(*these).values(lost))


def failed_ways(tx: Transaction, notice_id: int) -> dict[str, str]:
    """The ways by which a notice certainly didn't arrive, and why."""
    these = (dispatches.c.notice_id == notice_id, dispatches.c.outcome == "failed")
    rows = tx.execute(select(dispatches.c.way, dispatches.c.reason).where(*these).order_by(dispatches.c.id))
    return {row.way: row.reason or "" for row in rows}


def unsettled_batches(tx: Transaction, way: str) -> list[tuple[str, datetime]]:
    """Batches whose outcome isn't all known, and when the first of each was accepted."""
    query = (
        select(dispatches.c.batch, func.min(dispatches.c.accepted_at))
        .where(dispatches.c.way == way, _ON_ITS_WAY, dispatches.c.accepted_at.is_not(None))
        .group_by(dispatches.c.batch)
    )
    return [(batch, at) for batch, at in tx.execute(query)]


def unanswered(tx: Transaction, way: str, since: datetime) -> list[Dispatch]:
    """Those that left since then, or may have left, without the way ever telling that it took them."""
    these = (dispatches.c.way == way, dispatches.c.outcome == "unknown", dispatches.c.accepted_at.is_(None))
    rows = tx.execute(select(*_FIELDS).where(*these, dispatches.c.started_at >= since).order_by(dispatches.c.id))
    return [Dispatch(*row) for row in rows]


def of_batch(tx: Transaction, way: str, batch: str) -> list[Dispatch]:
    these = (dispatches.c.way == way, dispatches.c.batch == batch)
    return [Dispatch(*row) for row in tx.execute(select(*_FIELDS).where(*these).order_by(dispatches.c.id))]


def with_ids(tx: Transaction, ids: Collection[int]) -> list[Dispatch]:
    rows = tx.execute(select(*_FIELDS).where(dispatches.c.id.in_(ids)).order_by(dispatches.c.id))
    return [Dispatch(*row) for row in rows]

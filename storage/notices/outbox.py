"""What is owed to residents when time passes: each notice once under its key, and what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, delete, func, literal, select, update

from storage.database import Transaction
from storage.people.reaching import Carried, can_be_reached
from storage.reasons import Reason
from storage.states import NoticeOutcome
from storage.tables import UtcDateTime, outbox

RANKS = URGENT, SERVICE, NEWS = 1, 2, 3  # what goes first


@dataclass(frozen=True)
class Owed:
    """A notice of a kind to a resident; `about` is the id of what it speaks of, as the kind has it."""

    id: int
    key: str
    kind: str
    rank: int
    resident_id: int
    about: int
    due_at: datetime
    expires_at: datetime
    attempts: int
    started_at: datetime | None
    outcome: NoticeOutcome | None = None
    seen_at: datetime | None = None
    address_id: int | None = None  # of the only chat in which it is told

    @property
    def is_paused(self) -> bool:
        """What is paused falls due when it isn't worth telling any more."""
        return self.due_at == self.expires_at


OWED = select(*(outbox.c[name] for name in Owed.__dataclass_fields__))
IS_OWED = (outbox.c.outcome.is_(None), outbox.c.started_at.is_(None))
_CARRIED = Carried(outbox.c.kind, outbox.c.rank == NEWS)
IS_PAUSED = outbox.c.due_at == outbox.c.expires_at
_NOW = bindparam("now", type_=UtcDateTime)
_THIS = outbox.c.id == bindparam("at")
_DUE = (
    select(outbox.c.id)
    .where(*IS_OWED, outbox.c.rank == bindparam("of_rank"), outbox.c.due_at <= _NOW)
    .order_by(outbox.c.due_at)  # as the index has it: not one more column, or all that is due at once is sorted
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE = update(outbox).where(_THIS).values(due_at=bindparam("lease_until", type_=UtcDateTime))
_HOLD = OWED.where(_THIS, *IS_OWED).with_for_update()
_START = update(outbox).where(_THIS, *IS_OWED).values(started_at=_NOW, channel=bindparam("on_channel"))
_AGAIN = (
    update(outbox)
    .where(_THIS, outbox.c.outcome.is_(None))
    .values(
        started_at=None,
        accepted_at=None,
        due_at=case((IS_PAUSED, outbox.c.due_at), else_=bindparam("due", type_=UtcDateTime)),
        attempts=outbox.c.attempts + 1,
        reason=bindparam("why"),
    )
)
_SETTLE = (
    update(outbox)
    .where(_THIS, outbox.c.outcome.is_(None))
    .values(
        outcome=bindparam("became"),
        reason=bindparam("why"),
        settled_at=_NOW,
        message_id=bindparam("message"),
    )
)


def claim(
    tx: Transaction, now: datetime, lease_until: datetime, limit: int, ranks: Sequence[int] = RANKS
) -> list[Owed]:
    """Take what is due, the most urgent first; when we die it falls due again by itself at the end of the lease."""
    chosen: list[int] = []
    for rank in ranks:
        if len(chosen) < limit:
            most = {"of_rank": rank, "now": now, "most": limit - len(chosen)}
            chosen += tx.execute(_DUE, most).scalars()
    if not chosen:
        return []
    tx.execute(_LEASE, [{"at": each, "lease_until": lease_until} for each in chosen])
    rows = tx.execute(OWED.where(outbox.c.id.in_(chosen)).order_by(outbox.c.rank, outbox.c.due_at, outbox.c.id))
    return [Owed(*row) for row in rows]


def without_a_way(tx: Transaction, ways: Sequence[str], until: datetime, limit: int) -> list[Owed]:
    """What is due by then to residents whom none of `ways` reaches; looks through all of it."""
    is_alone = ~can_be_reached(outbox.c.resident_id, ways, _CARRIED)
    due = OWED.where(*IS_OWED, outbox.c.due_at <= until, is_alone).limit(limit)
    return [Owed(*row) for row in tx.execute(due)]


def shelve(tx: Transaction, ids: Sequence[int], ways: Sequence[str], now: datetime) -> None:
    """Set these aside until the next visit, but for those who can be written to by now."""
    is_alone = ~can_be_reached(outbox.c.resident_id, ways, _CARRIED)
    due_at = case((outbox.c.due_at > now, now), else_=outbox.c.due_at)
    gone = {"outcome": "unreached", "reason": Reason.NO_ADDRESS, "settled_at": now, "due_at": due_at}
    tx.execute(update(outbox).where(outbox.c.id.in_(ids), *IS_OWED, is_alone).values(gone))


def hold(tx: Transaction, notice_id: int) -> Owed | None:
    """A notice that is still owed, for the rest of the transaction; None when somebody has dealt with it."""
    row = tx.execute(_HOLD, {"at": notice_id}).one_or_none()
    return Owed(*row) if row else None


def start(tx: Transaction, notice_id: int, channel: str, now: datetime) -> None:
    """From now on it may have been sent: it is never sent again unless the channel tells that it wasn't."""
    tx.execute(_START, {"at": notice_id, "on_channel": channel, "now": now})


def accept(tx: Transaction, notice_id: int, now: datetime) -> None:
    """A way has taken it that tells later what became of it."""
    tx.execute(update(outbox).where(outbox.c.id == notice_id, outbox.c.outcome.is_(None)).values(accepted_at=now))


def hand_over(tx: Transaction, notice_id: int, channel: str, now: datetime) -> None:
    """What nobody heard of leaves by a way after all."""
    leaving = {"outcome": None, "settled_at": None, "started_at": now, "channel": channel}
    tx.execute(update(outbox).where(outbox.c.id == notice_id, outbox.c.outcome == "unreached").values(leaving))


def take_back(tx: Transaction, notice_id: int) -> None:
    """It wasn't sent after all, and is owed as before."""
    tx.execute(update(outbox).where(outbox.c.id == notice_id, outbox.c.outcome.is_(None)).values(started_at=None))


def again(tx: Transaction, notice_id: int, due_at: datetime, reason: str) -> None:
    """It certainly wasn't sent; `reason` is as `reasons.write` writes it. What was paused meanwhile stays so."""
    tx.execute(_AGAIN, {"at": notice_id, "due": due_at, "why": reason})


def settle(
    tx: Transaction,
    notice_id: int,
    outcome: NoticeOutcome,
    now: datetime,
    reason: str | None = None,
    message: str | None = None,
) -> None:
    tx.execute(_SETTLE, {"at": notice_id, "became": outcome, "now": now, "why": reason, "message": message})


def with_ids(tx: Transaction, ids: Collection[int]) -> dict[int, Owed]:
    """Nobody sends one of these meanwhile."""
    rows = tx.execute(OWED.where(outbox.c.id.in_(ids)).order_by(outbox.c.id).with_for_update())
    return {row.id: Owed(*row) for row in rows}


def settle_by_hand(tx: Transaction, notice_id: int, now: datetime) -> None:
    """An officer has told it: it counts as seen, and what was still owed isn't sent any more."""
    owed = outbox.c.outcome.is_(None)
    told = {
        "outcome": case((owed, "unreached"), else_=outbox.c.outcome),
        "reason": case((owed, Reason.BY_HAND.value), else_=outbox.c.reason),
        "settled_at": func.coalesce(outbox.c.settled_at, literal(now, UtcDateTime)),
        "seen_at": now,
    }
    tx.execute(update(outbox).where(outbox.c.id == notice_id).values(told))


def give_up_started(tx: Transaction, before: datetime, now: datetime) -> int:
    """What was being sent when its process died: nobody knows whether it arrived, so it isn't repeated."""
    these = (outbox.c.outcome.is_(None), outbox.c.started_at < before, outbox.c.accepted_at.is_(None))
    lost = {"outcome": "unknown", "reason": Reason.INTERRUPTED, "settled_at": now}
    return tx.execute(update(outbox).where(*these).values(lost)).rowcount


def whose(tx: Transaction, notice_id: int) -> int | None:
    """Whom a notice is for by now: records are merged, and parted again."""
    return tx.execute(select(outbox.c.resident_id).where(outbox.c.id == notice_id)).scalar()


def forget_before(tx: Transaction, moment: datetime) -> int:
    return tx.execute(delete(outbox).where(outbox.c.settled_at < moment)).rowcount

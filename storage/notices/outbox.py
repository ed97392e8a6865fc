"""What is owed to residents when time passes: each notice once under its key, and what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, case, delete, func, literal, or_, select, update

from storage.database import Transaction, insert, there_is
from storage.engine.prepared import Prepared
from storage.people.reaching import Carried, can_be_reached
from storage.reasons import Reason
from storage.states import NoticeOutcome
from storage.tables import UtcDateTime, addresses, enrollments, outbox

RANKS = URGENT, SERVICE, NEWS = 1, 2, 3  # what goes first
ON_ITS_WAY = timedelta(seconds=20)  # for so long an answer that tells something may take to be seen


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


_OWED = select(*(outbox.c[name] for name in Owed.__dataclass_fields__))
_IS_OWED = (outbox.c.outcome.is_(None), outbox.c.started_at.is_(None))
_CARRIED = Carried(outbox.c.kind, outbox.c.rank == NEWS)
IS_PAUSED = outbox.c.due_at == outbox.c.expires_at
_NOW = bindparam("now", type_=UtcDateTime)
_THIS = outbox.c.id == bindparam("at")
_DUE = (
    select(outbox.c.id)
    .where(*_IS_OWED, outbox.c.rank == bindparam("of_rank"), outbox.c.due_at <= _NOW)
    .order_by(outbox.c.due_at)  # as the index has it: not one more column, or all that is due at once is sorted
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE = update(outbox).where(_THIS).values(due_at=bindparam("lease_until", type_=UtcDateTime))
_HOLD = _OWED.where(_THIS, *_IS_OWED).with_for_update()
_START = update(outbox).where(_THIS, *_IS_OWED).values(started_at=_NOW, channel=bindparam("on_channel"))
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
_IS_UNSEEN = (
    outbox.c.outcome == "unreached",
    outbox.c.seen_at.is_(None),
    outbox.c.expires_at > _NOW,
    or_(outbox.c.started_at.is_(None), outbox.c.started_at <= bindparam("lately", type_=UtcDateTime)),
)
_here = there_is(
    addresses,
    addresses.c.id == outbox.c.address_id,
    addresses.c.channel == bindparam("in_channel"),
    addresses.c.address == bindparam("at_address"),
)
_UNSEEN = Prepared(
    _OWED.where(
        outbox.c.resident_id == bindparam("of_resident"), *_IS_UNSEEN, or_(outbox.c.address_id.is_(None), _here)
    ).order_by(outbox.c.rank, outbox.c.id)
)
_WAS_TOLD = (
    _OWED.where(
        outbox.c.resident_id.in_(bindparam("of_residents", expanding=True)),
        outbox.c.channel == bindparam("on_channel"),
        or_(outbox.c.outcome.is_(None), outbox.c.outcome.in_(("sent", "unknown"))),
    )
    .order_by(outbox.c.started_at.desc(), outbox.c.id.desc())
    .limit(bindparam("most"))
)
_TOLD = Prepared(_WAS_TOLD.where(outbox.c.started_at.is_not(None)))
_TOLD_SINCE = Prepared(_WAS_TOLD.where(outbox.c.started_at > bindparam("since", type_=UtcDateTime)))
_NEWEST_UNSEEN = (
    select(addresses.c.address, func.max(outbox.c.id).label("newest"))
    .join(outbox, outbox.c.resident_id == addresses.c.resident_id)
    .where(addresses.c.channel == bindparam("on_channel"))
    .where(addresses.c.address.in_(bindparam("at_addresses", expanding=True)), *_IS_UNSEEN)
    .where(or_(outbox.c.address_id.is_(None), outbox.c.address_id == addresses.c.id))
    .group_by(addresses.c.address)
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
    rows = tx.execute(_OWED.where(outbox.c.id.in_(chosen)).order_by(outbox.c.rank, outbox.c.due_at, outbox.c.id))
    return [Owed(*row) for row in rows]


def without_a_way(tx: Transaction, ways: Sequence[str], until: datetime, limit: int) -> list[Owed]:
    """What is due by then to residents whom none of `ways` reaches; looks through all of it."""
    is_alone = ~can_be_reached(outbox.c.resident_id, ways, _CARRIED)
    due = _OWED.where(*_IS_OWED, outbox.c.due_at <= until, is_alone).limit(limit)
    return [Owed(*row) for row in tx.execute(due)]


def shelve(tx: Transaction, ids: Sequence[int], ways: Sequence[str], now: datetime) -> None:
    """Set these aside until the next visit, but for those who can be written to by now."""
    is_alone = ~can_be_reached(outbox.c.resident_id, ways, _CARRIED)
    due_at = case((outbox.c.due_at > now, now), else_=outbox.c.due_at)
    gone = {"outcome": "unreached", "reason": Reason.NO_ADDRESS, "settled_at": now, "due_at": due_at}
    tx.execute(update(outbox).where(outbox.c.id.in_(ids), *_IS_OWED, is_alone).values(gone))


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
    rows = tx.execute(_OWED.where(outbox.c.id.in_(ids)).order_by(outbox.c.id).with_for_update())
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


def cancel(tx: Transaction, resident_id: int, kinds: Sequence[str], now: datetime, reason: Reason) -> None:
    these = (outbox.c.resident_id == resident_id, outbox.c.kind.in_(kinds), outbox.c.outcome.is_(None))
    gone = {"outcome": "cancelled", "reason": reason, "settled_at": now}
    tx.execute(update(outbox).where(*these, outbox.c.started_at.is_(None)).values(gone))


def withdraw(
    tx: Transaction, kinds: Sequence[str], abouts: Sequence[int], since: datetime, mark: str
) -> list[tuple[int, int]]:
    """Owe nothing of this any more that fell due since; (about, resident) of those who were told already.

    Keys of what is left get a mark, so that the same can be told again when it has become true anew.
    """
    these = (outbox.c.kind.in_(kinds), outbox.c.about.in_(abouts), outbox.c.due_at >= since)
    is_unseen = (outbox.c.outcome == "unreached") & outbox.c.seen_at.is_(None)
    tx.execute(delete(outbox).where(*these, and_(*_IS_OWED) | is_unseen))
    was_told = outbox.c.outcome.in_(("sent", "unknown")) | outbox.c.seen_at.is_not(None)
    is_being_sent = outbox.c.outcome.is_(None) & outbox.c.started_at.is_not(None)
    rows = tx.execute(select(outbox.c.about, outbox.c.resident_id).where(*these, was_told | is_being_sent).distinct())
    told = [(about, resident) for about, resident in rows]
    tx.execute(update(outbox).where(*these).values(key=outbox.c.key + f"/{mark}"))
    return told


def last_told(tx: Transaction, kind: str, abouts: Collection[int]) -> dict[int, datetime]:
    """When a notice of this kind was last told of these, or may have been; what nobody heard of is left out."""
    was_told = or_(outbox.c.outcome.in_(("sent", "unknown")), outbox.c.seen_at.is_not(None))
    at = func.max(func.coalesce(outbox.c.seen_at, outbox.c.settled_at))
    these = (outbox.c.kind == kind, outbox.c.about.in_(abouts), was_told)
    return {row[0]: row[1] for row in tx.execute(select(outbox.c.about, at).where(*these).group_by(outbox.c.about))}


def of_course(tx: Transaction, course_id: int, kinds: Sequence[str]) -> list[tuple[str, datetime, bool]]:
    """Notices about a course to those who are or were in it: kind, when due, and whether they were told."""
    people = select(enrollments.c.resident_id).where(enrollments.c.course_id == course_id)
    these = (outbox.c.resident_id.in_(people), outbox.c.kind.in_(kinds), outbox.c.about == course_id)
    was_told = or_(outbox.c.outcome.in_(("sent", "unknown")), outbox.c.seen_at.is_not(None))
    rows = tx.execute(select(outbox.c.kind, outbox.c.due_at, was_told).where(*these))
    return [(kind, due_at, bool(told)) for kind, due_at, told in rows]


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


def withdraw_from_chats(tx: Transaction, kind: str, address_ids: Sequence[int], occasion: str) -> list[int]:
    """Owe nothing of this occasion any more; ids of the addresses of the chats that were told already."""
    these = (outbox.c.kind == kind, outbox.c.key.in_([f"{kind}/{occasion}/{each}" for each in address_ids]))
    is_unseen = (outbox.c.outcome == "unreached") & outbox.c.seen_at.is_(None)
    tx.execute(delete(outbox).where(*these, and_(*_IS_OWED) | is_unseen))
    return list(tx.execute(select(outbox.c.about).where(*these).order_by(outbox.c.about)).scalars())


def to_come(tx: Transaction, resident_id: int) -> list[Owed]:
    """What is owed to a resident, or found no way to them until now."""
    is_unseen = (outbox.c.outcome == "unreached") & outbox.c.seen_at.is_(None)
    these = _OWED.where(outbox.c.resident_id == resident_id, and_(*_IS_OWED) | is_unseen)
    return [Owed(*row) for row in tx.execute(these.order_by(outbox.c.id).with_for_update())]


def give(tx: Transaction, ids: Collection[int], resident_id: int) -> None:
    """These are for somebody else now."""
    tx.execute(update(outbox).where(outbox.c.id.in_(ids)).values(resident_id=resident_id))


def whose(tx: Transaction, notice_id: int) -> int | None:
    """Whom a notice is for by now: records are merged, and parted again."""
    return tx.execute(select(outbox.c.resident_id).where(outbox.c.id == notice_id)).scalar()


def unseen(tx: Transaction, resident_id: int, channel: str, address: str, now: datetime) -> list[Owed]:
    """What could be sent to none of a resident's addresses, is still worth saying, and isn't just being told.

    Without what is told in another chat only.
    """
    here = {"of_resident": resident_id, "in_channel": channel, "at_address": address}
    return [Owed(*row) for row in _UNSEEN.all(tx, **here, now=now, lately=now - ON_ITS_WAY)]


def newest_unseen(tx: Transaction, channel: str, at: Collection[str], now: datetime) -> dict[str, int]:
    """By address, the id of the newest of that; addresses for which there is nothing are left out."""
    asked = {"on_channel": channel, "at_addresses": list(at), "now": now, "lately": now - ON_ITS_WAY}
    return {row.address: row.newest for row in tx.execute(_NEWEST_UNSEEN, asked)}


def told_in(
    tx: Transaction, channel: str, resident_ids: Collection[int], since: datetime | None, limit: int
) -> list[Owed]:
    """What was told to these in a channel since then, or may have been: the newest first."""
    asked = {"of_residents": list(resident_ids), "on_channel": channel, "most": limit}
    rows = _TOLD.all(tx, **asked) if since is None else _TOLD_SINCE.all(tx, **asked, since=since)
    return [Owed(*row) for row in rows]


def tell(tx: Transaction, ids: Sequence[int], now: datetime) -> set[int]:
    """An answer that tells these is on its way; unless it is seen, they are told again after a while.

    Without those that have left by another way meanwhile.
    """
    still = (outbox.c.id.in_(ids), outbox.c.outcome == "unreached", outbox.c.seen_at.is_(None))
    told = update(outbox).where(*still).values(started_at=now).returning(outbox.c.id)
    return set(tx.execute(told).scalars()) if ids else set()


def tell_again(tx: Transaction, ids: Sequence[int]) -> None:
    """The answer that told them will never arrive: they come first in the next one."""
    if ids:
        tx.execute(update(outbox).where(outbox.c.id.in_(ids), outbox.c.seen_at.is_(None)).values(started_at=None))


def see(tx: Transaction, ids: Sequence[int], now: datetime) -> None:
    """They were told, or have come to nothing; the first time counts."""
    if ids:
        tx.execute(update(outbox).where(outbox.c.id.in_(ids), outbox.c.seen_at.is_(None)).values(seen_at=now))


def are_unseen(tx: Transaction, ids: Sequence[int]) -> bool:
    """Whether one of them hasn't been told yet."""
    these = (outbox.c.id.in_(ids), outbox.c.seen_at.is_(None))
    return tx.execute(select(outbox.c.id).where(*these).limit(1)).first() is not None


def last_sent(tx: Transaction, resident_id: int, kind: str, about: int) -> datetime | None:
    """When a resident was last told something of this kind about this."""
    told = outbox.c.outcome.in_(("sent", "unknown")) | outbox.c.seen_at.is_not(None)
    these = (outbox.c.resident_id == resident_id, outbox.c.kind == kind, outbox.c.about == about, told)
    return tx.execute(select(func.max(func.coalesce(outbox.c.seen_at, outbox.c.started_at))).where(*these)).scalar()


def forget_before(tx: Transaction, moment: datetime) -> int:
    return tx.execute(delete(outbox).where(outbox.c.settled_at < moment)).rowcount

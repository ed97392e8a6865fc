"""What could be sent nowhere waits for a visit, and is told in an answer."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select, update

from storage.database import Transaction, there_is
from storage.engine.prepared import Prepared
from storage.notices.outbox import OWED, Owed
from storage.tables import UtcDateTime, addresses, outbox

ON_ITS_WAY = timedelta(seconds=20)  # for so long an answer that tells something may take to be seen

_NOW = bindparam("now", type_=UtcDateTime)
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
    OWED.where(
        outbox.c.resident_id == bindparam("of_resident"), *_IS_UNSEEN, or_(outbox.c.address_id.is_(None), _here)
    ).order_by(outbox.c.rank, outbox.c.id)
)
_NEWEST_UNSEEN = (
    select(addresses.c.address, func.max(outbox.c.id).label("newest"))
    .join(outbox, outbox.c.resident_id == addresses.c.resident_id)
    .where(addresses.c.channel == bindparam("on_channel"))
    .where(addresses.c.address.in_(bindparam("at_addresses", expanding=True)), *_IS_UNSEEN)
    .where(or_(outbox.c.address_id.is_(None), outbox.c.address_id == addresses.c.id))
    .group_by(addresses.c.address)
)


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

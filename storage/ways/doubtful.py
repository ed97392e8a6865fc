"""Whether anything arrives at an address, where a way tells only how many of those it went to it doesn't know."""

from collections.abc import Collection

from sqlalchemy import or_, select

from storage.database import Transaction
from storage.reasons import Reason
from storage.tables import addresses, dispatches, outbox


def is_in_doubt(tx: Transaction, channel: str, address: str, message_id: str) -> bool:
    """Whether the newest word on what left for there was no clear one; `message_id` is that of all that goes there."""
    people = select(addresses.c.resident_id).where(addresses.c.channel == channel, addresses.c.address == address)
    of_here = (outbox.c.resident_id.in_(people), dispatches.c.way == channel, dispatches.c.message_id == message_id)
    is_unresolved = dispatches.c.reason.startswith(Reason.UNRESOLVED)
    newest = (
        select(dispatches.c.outcome)
        .join(outbox, outbox.c.id == dispatches.c.notice_id)
        .where(*of_here, or_(dispatches.c.outcome.in_(("delivered", "failed")), is_unresolved))
        .order_by(dispatches.c.id.desc())
        .limit(1)
    )
    return tx.execute(newest).scalar() == "unknown"


def addresses_of(tx: Transaction, channel: str, dispatch_ids: Collection[int]) -> list[tuple[int, str]]:
    """(dispatch, address) of all addresses of those for whom these left; one of them is where it went."""
    query = (
        select(dispatches.c.id, addresses.c.address)
        .join(outbox, outbox.c.id == dispatches.c.notice_id)
        .join(addresses, addresses.c.resident_id == outbox.c.resident_id)
        .where(dispatches.c.id.in_(dispatch_ids), addresses.c.channel == channel)
    )
    return [(row.id, row.address) for row in tx.execute(query)]

"""What is owed to residents, late or did not arrive, for those who watch over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from storage.database import Transaction, there_is
from storage.reasons import Reason
from storage.residents import can_be_reached
from storage.states import NoticeOutcome
from storage.tables import addresses, enrollments, inbox, outbox, residents


def counts(tx: Transaction) -> dict[tuple[str, str], int]:
    """How many notices there are by kind and outcome; the outcome of what is owed is "owed"."""
    outcome = func.coalesce(outbox.c.outcome, "owed")
    rows = tx.execute(select(outbox.c.kind, outcome, func.count()).group_by(outbox.c.kind, outcome))
    return {(kind, became): count for kind, became, count in rows}


def count_owed(tx: Transaction) -> int:
    return tx.execute(select(func.count()).where(outbox.c.outcome.is_(None))).scalar_one()


@dataclass(frozen=True)
class Listed:
    """A notice for officers to look at, with the name and number of its resident."""

    kind: str
    about: int
    due_at: datetime
    reason: str | None
    name: str | None
    mobile: str | None


_LISTED = select(
    outbox.c.kind, outbox.c.about, outbox.c.due_at, outbox.c.reason, residents.c.name, residents.c.mobile
).join(residents, residents.c.id == outbox.c.resident_id)


def with_outcome(tx: Transaction, *outcomes: NoticeOutcome, limit: int = 1000) -> list[Listed]:
    """The newest notices that ended so and nobody has seen."""
    these = (outbox.c.outcome.in_(outcomes), outbox.c.seen_at.is_(None))
    rows = tx.execute(_LISTED.where(*these).order_by(outbox.c.id.desc()).limit(limit))
    return [Listed(*row) for row in rows]


def overdue(tx: Transaction, before: datetime, limit: int = 1000) -> list[Listed]:
    """What should have left before a moment and is still owed."""
    late = (outbox.c.outcome.is_(None), outbox.c.due_at < before)
    return [Listed(*row) for row in tx.execute(_LISTED.where(*late).order_by(outbox.c.due_at).limit(limit))]


def offers_out_of_reach(tx: Transaction, channels: Sequence[str], now: datetime) -> list[Listed]:
    """Seats that are offered to people who can't be written to and haven't seen it; `due_at` is when they lapse."""
    is_alone = ~can_be_reached(enrollments.c.resident_id, channels)
    is_told = there_is(
        outbox, outbox.c.kind == "offer", outbox.c.about == enrollments.c.id, outbox.c.seen_at.is_not(None)
    )
    listed = select(enrollments.c.id, enrollments.c.offer_until, residents.c.name, residents.c.mobile)
    these = (enrollments.c.state == "offered", enrollments.c.ended_at.is_(None), enrollments.c.offer_until > now)
    rows = tx.execute(
        listed.join(residents, residents.c.id == enrollments.c.resident_id)
        .where(*these, is_alone, ~is_told)
        .order_by(enrollments.c.offer_until, enrollments.c.id)
    )
    return [Listed("offer", row.id, row.offer_until, None, row.name, row.mobile) for row in rows]


def refused_replies(tx: Transaction, since: datetime, limit: int = 1000) -> list[Listed]:
    """The newest replies that a channel would never take; who was answered so may be nobody whom we know."""
    these = (inbox.c.received_at >= since, inbox.c.failure.like(f"{Reason.REFUSED}%"))
    here = (addresses.c.channel == inbox.c.channel, addresses.c.address == inbox.c.address)
    known = inbox.outerjoin(addresses, and_(*here)).outerjoin(residents, residents.c.id == addresses.c.resident_id)
    listed = select(inbox.c.received_at, inbox.c.failure, residents.c.name, residents.c.mobile).select_from(known)
    rows = tx.execute(listed.where(*these).order_by(inbox.c.id.desc()).limit(limit))
    return [Listed("reply", 0, row.received_at, row.failure, row.name, row.mobile) for row in rows]

"""What is owed to residents, late or did not arrive, for those who watch over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from storage.database import Transaction, there_is
from storage.notices.outbox import RANKS
from storage.people.reaching import Carried, can_be_reached
from storage.reasons import Reason
from storage.states import NoticeOutcome
from storage.tables import addresses, enrollments, inbox, outbox, residents
from storage.tables.messages import UNHEARD


def counts(tx: Transaction) -> dict[tuple[str, str], int]:
    """How many notices there are by kind and outcome; the outcome of what is owed is "owed"."""
    outcome = func.coalesce(outbox.c.outcome, "owed")
    rows = tx.execute(select(outbox.c.kind, outcome, func.count()).group_by(outbox.c.kind, outcome))
    return {(kind, became): count for kind, became, count in rows}


def count_owed(tx: Transaction) -> int:
    return tx.execute(select(func.count()).where(outbox.c.outcome.is_(None))).scalar_one()


@dataclass(frozen=True)
class Listed:
    """A notice for officers to look at, and whose it is; it has no `id` where there is nothing to tick off."""

    id: int | None
    kind: str
    about: int
    due_at: datetime
    reason: str | None
    resident_id: int | None
    name: str | None
    birth_year: int | None
    mobile: str | None


_WHO = (residents.c.id.label("resident_id"), residents.c.name, residents.c.birth_year, residents.c.mobile)
_LISTED = select(outbox.c.id, outbox.c.kind, outbox.c.about, outbox.c.due_at, outbox.c.reason, *_WHO).join(
    residents, residents.c.id == outbox.c.resident_id
)


def with_outcome(
    tx: Transaction, *outcomes: NoticeOutcome, still: datetime | None = None, limit: int = 1000
) -> list[Listed]:
    """The newest notices that ended so and nobody has seen; of those worth telling `still`, or of all."""
    these: list[ColumnElement[bool]] = [outbox.c.outcome.in_(outcomes), UNHEARD]
    these += [outbox.c.expires_at > still] if still else []
    rows = tx.execute(_LISTED.where(*these).order_by(outbox.c.id.desc()).limit(limit))
    return [Listed(*row) for row in rows]


def count_past(tx: Transaction, now: datetime, *outcomes: NoticeOutcome) -> int:
    """How many ended so, were seen by nobody, and aren't worth telling any more."""
    these = (outbox.c.outcome.in_(outcomes), UNHEARD, outbox.c.expires_at <= now)
    return tx.execute(select(func.count()).select_from(outbox).where(*these)).scalar_one()


def unheard(
    tx: Transaction, now: datetime, kinds: Sequence[str], about: Sequence[int]
) -> dict[NoticeOutcome, tuple[int, datetime]]:
    """By how they ended, how many are worth telling still and until when the first is; not these `kinds` of `about`."""
    others = ~and_(outbox.c.kind.in_(kinds), outbox.c.about.in_(about))
    query = select(outbox.c.outcome, func.count(), func.min(outbox.c.expires_at))
    rows = tx.execute(query.where(UNHEARD, outbox.c.expires_at > now, others).group_by(outbox.c.outcome))
    return {outcome: (count, until) for outcome, count, until in rows}


def count_overdue(tx: Transaction, before: datetime) -> int:
    """How much should have left before a moment and is still owed."""
    late = select(func.count()).where(outbox.c.outcome.is_(None), outbox.c.due_at < before)
    begun = late.where(outbox.c.started_at.is_not(None), outbox.c.accepted_at.is_(None)).scalar_subquery()
    still = late.where(outbox.c.started_at.is_(None), outbox.c.rank.in_(RANKS)).scalar_subquery()
    found: int = tx.execute(select(begun + still)).scalar_one()  # each by an index of its own
    return found


def overdue(tx: Transaction, before: datetime, limit: int = 1000) -> list[Listed]:
    """What should have left before a moment and is still owed."""
    late = (outbox.c.outcome.is_(None), outbox.c.due_at < before, outbox.c.accepted_at.is_(None))
    return [Listed(*row) for row in tx.execute(_LISTED.where(*late).order_by(outbox.c.due_at).limit(limit))]


def offers_out_of_reach(tx: Transaction, ways: Sequence[str], now: datetime) -> list[Listed]:
    """Seats that are offered to people who can't be written to and haven't seen it; `due_at` is when they lapse."""
    is_alone = ~can_be_reached(enrollments.c.resident_id, ways, Carried("offer"))
    is_told = there_is(
        outbox, outbox.c.kind == "offer", outbox.c.about == enrollments.c.id, outbox.c.seen_at.is_not(None)
    )
    notice = (
        select(func.max(outbox.c.id))
        .where(outbox.c.kind == "offer", outbox.c.about == enrollments.c.id)
        .correlate(enrollments)
        .scalar_subquery()
    )
    listed = select(enrollments.c.id, enrollments.c.offer_until, notice.label("notice"), *_WHO)
    these = (enrollments.c.state == "offered", enrollments.c.ended_at.is_(None), enrollments.c.offer_until > now)
    rows = tx.execute(
        listed.join(residents, residents.c.id == enrollments.c.resident_id)
        .where(*these, is_alone, ~is_told)
        .order_by(enrollments.c.offer_until, enrollments.c.id)
    )
    return [Listed(row.notice, "offer", row.id, row.offer_until, None, *_who(row)) for row in rows]


def refused_replies(tx: Transaction, since: datetime, limit: int = 1000) -> list[Listed]:
    """The newest replies that a channel would never take; who was answered so may be nobody whom we know."""
    these = (inbox.c.received_at >= since, inbox.c.failure.like(f"{Reason.REFUSED}%"))
    here = (addresses.c.channel == inbox.c.channel, addresses.c.address == inbox.c.address, addresses.c.is_main)
    known = inbox.outerjoin(addresses, and_(*here)).outerjoin(residents, residents.c.id == addresses.c.resident_id)
    listed = select(inbox.c.received_at, inbox.c.failure, *_WHO).select_from(known)
    rows = tx.execute(listed.where(*these).order_by(inbox.c.id.desc()).limit(limit))
    return [Listed(None, "reply", 0, row.received_at, row.failure, *_who(row)) for row in rows]


def _who(row: Any) -> tuple[int | None, str | None, int | None, str | None]:
    return row.resident_id, row.name, row.birth_year, row.mobile

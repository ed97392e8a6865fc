"""What was told, or may have been."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from storage.database import Transaction
from storage.engine.prepared import Prepared
from storage.notices.outbox import OWED, Owed
from storage.tables import UtcDateTime, enrollments, outbox

_WAS_TOLD = (
    OWED.where(
        outbox.c.resident_id.in_(bindparam("of_residents", expanding=True)),
        outbox.c.channel == bindparam("on_channel"),
        or_(outbox.c.outcome.is_(None), outbox.c.outcome.in_(("sent", "unknown"))),
    )
    .order_by(outbox.c.started_at.desc(), outbox.c.id.desc())
    .limit(bindparam("most"))
)
_TOLD = Prepared(_WAS_TOLD.where(outbox.c.started_at.is_not(None)))
_TOLD_SINCE = Prepared(_WAS_TOLD.where(outbox.c.started_at > bindparam("since", type_=UtcDateTime)))


def told_in(
    tx: Transaction, channel: str, resident_ids: Collection[int], since: datetime | None, limit: int
) -> list[Owed]:
    """What was told to these in a channel since then, or may have been: the newest first."""
    asked = {"of_residents": list(resident_ids), "on_channel": channel, "most": limit}
    rows = _TOLD.all(tx, **asked) if since is None else _TOLD_SINCE.all(tx, **asked, since=since)
    return [Owed(*row) for row in rows]


def last_told(tx: Transaction, kind: str, abouts: Collection[int]) -> dict[int, datetime]:
    """When a notice of this kind was last told of these, or may have been; what nobody heard of is left out."""
    was_told = or_(outbox.c.outcome.in_(("sent", "unknown")), outbox.c.seen_at.is_not(None))
    at = func.max(func.coalesce(outbox.c.seen_at, outbox.c.settled_at))
    these = (outbox.c.kind == kind, outbox.c.about.in_(abouts), was_told)
    return {row[0]: row[1] for row in tx.execute(select(outbox.c.about, at).where(*these).group_by(outbox.c.about))}


def last_sent(tx: Transaction, resident_id: int, kind: str, about: int) -> datetime | None:
    """When a resident was last told something of this kind about this."""
    told = outbox.c.outcome.in_(("sent", "unknown")) | outbox.c.seen_at.is_not(None)
    these = (outbox.c.resident_id == resident_id, outbox.c.kind == kind, outbox.c.about == about, told)
    return tx.execute(select(func.max(func.coalesce(outbox.c.seen_at, outbox.c.started_at))).where(*these)).scalar()


def of_course(tx: Transaction, course_id: int, kinds: Sequence[str]) -> list[tuple[str, datetime, bool]]:
    """Notices about a course to those who are or were in it: kind, when due, and whether they were told."""
    people = select(enrollments.c.resident_id).where(enrollments.c.course_id == course_id)
    these = (outbox.c.resident_id.in_(people), outbox.c.kind.in_(kinds), outbox.c.about == course_id)
    was_told = or_(outbox.c.outcome.in_(("sent", "unknown")), outbox.c.seen_at.is_not(None))
    rows = tx.execute(select(outbox.c.kind, outbox.c.due_at, was_told).where(*these))
    return [(kind, due_at, bool(told)) for kind, due_at, told in rows]

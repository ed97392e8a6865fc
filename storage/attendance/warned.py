"""Whose attendance has changed lately, and who was told already what it comes to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, select

from storage.database import Transaction
from storage.notices.outbox import Owed
from storage.tables import UtcDateTime, attendance, enrollments, outbox, session_changes

_IS_OVER = outbox.c.outcome.in_(("sent", "unknown", "unreached", "refused"))


_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime)
_MARKED = (
    select(attendance.c.enrollment_id, func.max(attendance.c.recorded_at))
    .where(attendance.c.recorded_at > _SINCE, attendance.c.recorded_at <= _UNTIL)
    .group_by(attendance.c.enrollment_id)
)
_MOVED = (
    select(enrollments.c.id, func.max(session_changes.c.changed_at))
    .join(session_changes, session_changes.c.course_id == enrollments.c.course_id)
    .where(session_changes.c.changed_at > _SINCE, session_changes.c.changed_at <= _UNTIL)
    .where(enrollments.c.state == "confirmed", enrollments.c.ended_at.is_(None))
    .group_by(enrollments.c.id)
)


def changed_between(tx: Transaction, since: datetime, until: datetime) -> dict[int, datetime]:
    """Enrollments in courses of which an entry or a class has changed, and when that was last."""
    found: dict[int, datetime] = {}
    for query in (_MARKED, _MOVED):
        for enrollment_id, at in tx.execute(query, {"since": since, "until": until}):
            found[enrollment_id] = max(at, found.get(enrollment_id, at))
    return found


def newest(tx: Transaction, enrollment_id: int) -> int:
    """The newest entry that counts, which stands for all that does; 0 where none does."""
    counting = (attendance.c.enrollment_id == enrollment_id, attendance.c.standing == "counts")
    return int(tx.execute(select(func.coalesce(func.max(attendance.c.id), 0)).where(*counting)).scalar_one())


def told(tx: Transaction, kind: str, ids: Collection[int]) -> set[int]:
    """Of these enrollments, those about which a notice of a kind left, or is on an officer's list of calls."""
    these = (outbox.c.kind == kind, outbox.c.about.in_(ids), _IS_OVER)
    return set(tx.execute(select(outbox.c.about).where(*these)).scalars())


def is_left_to_another(tx: Transaction, owed: Owed) -> bool:
    """Whether another notice of the same has told it, does so now, or is owed after this one and will."""
    same = (outbox.c.kind == owed.kind, outbox.c.about == owed.about, outbox.c.id != owed.id)
    is_after = outbox.c.outcome.is_(None) & (outbox.c.started_at.is_not(None) | (outbox.c.id > owed.id))
    return tx.execute(select(outbox.c.id).where(*same, _IS_OVER | is_after).limit(1)).first() is not None

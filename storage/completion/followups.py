"""How completers are doing some months later: whom was asked, and what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, literal, select, update

from storage.database import Transaction, insert, there_is
from storage.tables import UtcDateTime, enrollments, followups

STAGES = (3, 6)  # months after completion
WORKING = RELATED, OTHER = "related", "other"
ANSWERS = (*WORKING, "looking", "not_looking")


@dataclass(frozen=True)
class Followup:
    """`answered_at` is when it was answered the first time."""

    enrollment_id: int
    stage: int
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime)
_STAGE = followups.c.stage == bindparam("of_stage")
_asked = followups.join(enrollments, enrollments.c.id == followups.c.enrollment_id)
_other = enrollments.alias()
_asked_lately = there_is(
    followups.join(_other, _other.c.id == followups.c.enrollment_id),
    _other.c.resident_id == enrollments.c.resident_id,
    _STAGE,
    followups.c.asked_at > bindparam("lately", type_=UtcDateTime),
)
_DUE = (
    select(enrollments.c.id, enrollments.c.resident_id)
    .where(enrollments.c.state == "completed", enrollments.c.decided_at > _SINCE, enrollments.c.decided_at <= _UNTIL)
    .where(~there_is(followups, followups.c.enrollment_id == enrollments.c.id, _STAGE), ~_asked_lately)
    .order_by(enrollments.c.decided_at, enrollments.c.id)
)
_ASKED = select(followups).where(_STAGE, followups.c.asked_at > _SINCE, followups.c.asked_at <= _UNTIL)


class Completed(NamedTuple):
    """An enrollment, and whose it was."""

    enrollment_id: int
    resident_id: int


def due(tx: Transaction, stage: int, since: datetime, until: datetime, lately: datetime) -> list[Completed]:
    """What was completed after `since` and no later than `until` and is to be asked about.

    Nobody who was asked about another course since `lately`.
    """
    given = {"of_stage": stage, "since": since, "until": until, "lately": lately}
    return [Completed(*row) for row in tx.execute(_DUE, given)]


def was_asked(tx: Transaction, stage: int, resident_ids: Sequence[int], since: datetime) -> bool:
    """Whether one of these was asked after a moment, about whichever course."""
    theirs = (enrollments.c.resident_id.in_(resident_ids), followups.c.stage == stage, followups.c.asked_at > since)
    return tx.execute(select(followups.c.stage).select_from(_asked).where(*theirs)).first() is not None


def ask(tx: Transaction, enrollment_id: int, stage: int, now: datetime) -> None:
    """Once for each enrollment and stage, however many ask."""
    row = {"enrollment_id": enrollment_id, "stage": stage, "asked_at": now}
    tx.execute(insert(tx, followups).values(row).on_conflict_do_nothing())


def find(tx: Transaction, enrollment_id: int, stage: int) -> Followup | None:
    this = (followups.c.enrollment_id == enrollment_id, followups.c.stage == stage)
    row = tx.execute(select(followups).where(*this)).one_or_none()
    return Followup(**row._mapping) if row else None


def asked(tx: Transaction, stage: int, since: datetime, until: datetime) -> list[Followup]:
    """What was asked after `since` and no later than `until`."""
    given = {"of_stage": stage, "since": since, "until": until}
    return [Followup(**row._mapping) for row in tx.execute(_ASKED, given)]


def answer(tx: Transaction, enrollment_id: int, stage: int, said: str, now: datetime) -> None:
    """Answer, or answer differently: the time of the first answer stays."""
    this = (followups.c.enrollment_id == enrollment_id, followups.c.stage == stage)
    first = func.coalesce(followups.c.answered_at, literal(now, UtcDateTime))
    tx.execute(update(followups).where(*this).values(answer=said, answered_at=first))


def counts(tx: Transaction, stage: int, since: datetime, until: datetime) -> dict[str | None, int]:
    """How many of those asked from `since` on and before `until` gave each answer; None for no answer."""
    these = (followups.c.stage == stage, followups.c.asked_at >= since, followups.c.asked_at < until)
    counted = select(followups.c.answer, func.count().label("how_many"))
    rows = tx.execute(counted.where(*these).group_by(followups.c.answer))
    return {row.answer: row.how_many for row in rows}

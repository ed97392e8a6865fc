"""What residents want to hear of: reminders that they switched off, and topics that they chose."""

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, select

from storage.database import Transaction, insert
from storage.tables import interests, mutes

_TOPICS = select(interests.c.topic).where(interests.c.resident_id == bindparam("resident_id"))
_MUTED = select(mutes.c.kind).where(mutes.c.resident_id == bindparam("resident_id"))


def muted(tx: Transaction, resident_id: int) -> set[str]:
    """Kinds of notices that a resident has switched off."""
    return set(tx.execute(_MUTED, {"resident_id": resident_id}).scalars())


def mute(tx: Transaction, resident_id: int, kinds: Iterable[str]) -> None:
    rows = [{"resident_id": resident_id, "kind": kind} for kind in kinds]
    tx.execute(insert(tx, mutes).on_conflict_do_nothing(), rows)


def unmute(tx: Transaction, resident_id: int, kinds: Iterable[str]) -> None:
    tx.execute(delete(mutes).where(mutes.c.resident_id == resident_id, mutes.c.kind.in_(list(kinds))))


def topics(tx: Transaction, resident_id: int) -> set[str]:
    """Topics that a resident chose; none chosen means all."""
    return set(tx.execute(_TOPICS, {"resident_id": resident_id}).scalars())


def choose(tx: Transaction, resident_id: int, topic: str) -> None:
    tx.execute(insert(tx, interests).values(resident_id=resident_id, topic=topic).on_conflict_do_nothing())


def drop(tx: Transaction, resident_id: int, topic: str) -> None:
    tx.execute(delete(interests).where(interests.c.resident_id == resident_id, interests.c.topic == topic))

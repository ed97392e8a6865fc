"""Who wants to be called: one open request a person, until somebody called or it isn't wanted any more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from storage.database import Transaction
from storage.states import CallbackOutcome
from storage.tables import callbacks, residents


@dataclass(frozen=True)
class Callback:
    """`suits` is morning, afternoon, any, or when it suits in their own words; `number` is E.164."""

    id: int
    resident_id: int
    number: str
    suits: str
    about: str | None
    since: datetime
    ended_at: datetime | None
    outcome: CallbackOutcome | None


@dataclass(frozen=True)
class Listed:
    """With who asked, as far as they told."""

    callback: Callback
    name: str | None
    birth_year: int | None
    mobile: str | None


_FIELDS = [callbacks.c[name] for name in Callback.__dataclass_fields__]
_OPEN = callbacks.c.ended_at.is_(None)


def open_of(tx: Transaction, resident_id: int) -> Callback | None:
    row = tx.execute(select(*_FIELDS).where(callbacks.c.resident_id == resident_id, _OPEN)).one_or_none()
    return Callback(*row) if row else None


def ask(
    tx: Transaction, resident_id: int, number: str, suits: str, about: str | None, channel: str, now: datetime
) -> None:
    """In place of an open request, which stays as old as it is. Whoever asks must be locked."""
    said = {"number": number, "suits": suits, "about": about, "channel": channel}
    theirs = update(callbacks).where(callbacks.c.resident_id == resident_id, _OPEN).values(said)
    if tx.execute(theirs).rowcount == 0:
        tx.execute(callbacks.insert().values(**said, resident_id=resident_id, since=now))


def withdraw(tx: Transaction, resident_id: int, now: datetime) -> bool:
    """Whether there was an open one."""
    theirs = update(callbacks).where(callbacks.c.resident_id == resident_id, _OPEN)
    return tx.execute(theirs.values(ended_at=now, outcome="withdrawn")).rowcount > 0


def end(tx: Transaction, ids: Collection[int], now: datetime) -> None:
    """They were called."""
    these = update(callbacks).where(callbacks.c.id.in_(ids), _OPEN)
    tx.execute(these.values(ended_at=now, outcome="called"))


def waiting(tx: Transaction) -> Sequence[Listed]:
    """All open ones, who asked first before the others."""
    who = (residents.c.name, residents.c.birth_year, residents.c.mobile)
    query = select(*_FIELDS, *who).join(residents, residents.c.id == callbacks.c.resident_id).where(_OPEN)
    rows = tx.execute(query.order_by(callbacks.c.since, callbacks.c.id))
    return [Listed(Callback(*row[: len(_FIELDS)]), *row[len(_FIELDS) :]) for row in rows]


def with_ids(tx: Transaction, ids: Collection[int]) -> dict[int, Callback]:
    query = select(*_FIELDS).where(callbacks.c.id.in_(ids))
    return {row.id: Callback(*row) for row in tx.execute(query)}

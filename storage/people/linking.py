"""Codes by which one person links two chats: one shows six digits, the other types them within minutes.

Who has no chat yet is told one by an officer, or gets it on paper.

Six digits can be guessed. So a chat has few tries, a network has few, and a code is over after as many wrong ones as
one chat has, whoever makes them: however many chats guess, each code is guessed at so often and no more.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, or_, select, update

from storage.database import Transaction, hold
from storage.keys import sealing
from storage.people.finding import persons
from storage.tables import UtcDateTime, addresses, link_codes, link_guesses

LASTS = timedelta(minutes=10)
TRIES = 5
TRIES_AGAIN = timedelta(hours=1)  # after a chat's tries are used up
FROM_NETWORK = 20  # wrong ones in a day: so often one network may end the codes of others, and no more
KEPT = timedelta(days=1)

Stopped = Literal["chat", "network"]


@dataclass(frozen=True)
class Here:
    """Who types a code: their record, the chat, and the network where chats aren't accounts."""

    resident_id: int
    channel: str
    address: str
    source: str


@dataclass(frozen=True)
class LinkCode:
    """`resident_id` is the record that the chat which shows it speaks as now; one from an officer has no chat."""

    id: int
    resident_id: int
    address_id: int | None
    until: datetime
    typed_by: int | None
    channel: str | None


_NOW = bindparam("now", type_=UtcDateTime)
_OF_LINKS = link_guesses.c.purpose == "link"
_WRONG_SINCE = select(func.count()).where(link_guesses.c.at >= link_codes.c.made_at, _OF_LINKS).scalar_subquery()
_OPEN = (link_codes.c.until > _NOW, link_codes.c.used_at.is_(None))
_CODE = (
    select(
        link_codes.c.id,
        func.coalesce(addresses.c.resident_id, link_codes.c.resident_id),
        link_codes.c.address_id,
        link_codes.c.until,
        link_codes.c.typed_by,
        addresses.c.channel,
    )
    .outerjoin(addresses, addresses.c.id == link_codes.c.address_id)
    .where(*_OPEN, or_(link_codes.c.address_id.is_(None), addresses.c.id.is_not(None)))
)


def make(tx: Transaction, resident_id: int, address_id: int | None, now: datetime, lasts: timedelta = LASTS) -> str:
    """A code for this chat, or without one for whom an officer tells it; earlier ones for the same are over."""
    hold(tx, "link codes")
    of_officers = link_codes.c.address_id.is_(None) & (link_codes.c.resident_id == resident_id)
    same = of_officers if address_id is None else link_codes.c.address_id == address_id
    tx.execute(update(link_codes).where(same, link_codes.c.used_at.is_(None)).values(used_at=now))
    code = f"{secrets.randbelow(10**6):06}"
    while _with_digest(tx, code, now):
        code = f"{secrets.randbelow(10**6):06}"
    row = {"resident_id": resident_id, "address_id": address_id, "digest": _digest(tx, code)}
    tx.execute(link_codes.insert().values(**row, made_at=now, until=now + lasts))
    return code


def guess(tx: Transaction, here: Here, code: str, now: datetime) -> LinkCode | Stopped | None:
    """The code that was meant, which is nobody else's from now on; None for a wrong one, which counts.

    One that is over counts as wrong, and isn't told apart: that would tell which ones there were.
    """
    hold(tx, "link codes")
    chat, source = _of_chat(tx, here)
    if _count(tx, link_guesses.c.chat == chat, now - TRIES_AGAIN) >= TRIES:
        return "chat"
    if source and _count(tx, link_guesses.c.source == source, now - KEPT) >= FROM_NETWORK:
        return "network"
    found = _with_digest(tx, code, now)
    if found is None or found.typed_by not in (None, here.resident_id):
        tx.execute(link_guesses.insert().values(chat=chat, source=source, at=now))
        return None
    if found.resident_id != here.resident_id:
        tx.execute(update(link_codes).where(link_codes.c.id == found.id).values(typed_by=here.resident_id))
    return found


def typed(tx: Transaction, code_id: int, resident_id: int, now: datetime) -> LinkCode | None:
    """One that this record's chat has typed and that isn't over."""
    mine = (link_codes.c.id == code_id, link_codes.c.typed_by == resident_id)
    return _one(tx, _CODE.where(*mine), now)


def use_up(tx: Transaction, code_id: int, now: datetime) -> bool:
    """False when somebody was faster."""
    this = (link_codes.c.id == code_id, link_codes.c.used_at.is_(None))
    return tx.execute(update(link_codes).where(*this).values(used_at=now)).rowcount == 1


def proven_alike(tx: Transaction, resident_id: int, mobile: str) -> list[int]:
    """Other records whose number this is known to be, and who still tell it."""
    return [each.id for each in persons.with_number(tx, mobile) if each.is_proven and each.id != resident_id]


def forget_before(tx: Transaction, moment: datetime) -> None:
    tx.execute(delete(link_guesses).where(link_guesses.c.at < moment))
    tx.execute(delete(link_codes).where(link_codes.c.made_at < moment))


def _with_digest(tx: Transaction, code: str, now: datetime) -> LinkCode | None:
    return _one(tx, _CODE.where(link_codes.c.digest == _digest(tx, code), _WRONG_SINCE < TRIES), now)


def _one(tx: Transaction, query: Select[Any], now: datetime) -> LinkCode | None:
    row = tx.execute(query, {"now": now}).first()
    return LinkCode(*row) if row else None


def _digest(tx: Transaction, code: str) -> str:
    return sealing.of(tx).digest("link code", code)


def _of_chat(tx: Transaction, here: Here) -> tuple[str, str]:
    digest = sealing.of(tx).digest
    return digest("link chat", here.channel, here.address), digest("link source", here.source) if here.source else ""


def _count(tx: Transaction, those: ColumnElement[bool], since: datetime) -> int:
    return tx.execute(select(func.count()).where(those, _OF_LINKS, link_guesses.c.at > since)).scalar_one()

"""Those who never became anybody: they told no name, agreed to nothing, applied for nothing, and only looked around."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select

from storage.database import Transaction, there_is
from storage.people.residents import PERSONAL
from storage.tables import addresses, inbox, metadata, residents

_OF_SOMEBODY = [
    table.c.resident_id for table in metadata.sorted_tables if "resident_id" in table.c and table is not addresses
]


_OTHER = residents.alias()


def _is_somebody() -> ColumnElement[bool]:
    """Whoever told something, has something, or has or had another record."""
    told = (residents.c[name].is_not(None) for name in (*PERSONAL, "merged_into"))
    has = (there_is(column.table, column == residents.c.id) for column in _OF_SOMEBODY)
    return or_(*told, there_is(_OTHER, _OTHER.c.merged_into == residents.c.id), *has)


_SAID_THERE = and_(addresses.c.channel == inbox.c.channel, addresses.c.address == inbox.c.address)
_THEIRS = addresses.c.resident_id == residents.c.id
_SOMEBODY_SAID_IT = there_is(addresses.join(residents, _THEIRS), _SAID_THERE, _is_somebody())
_HAVE_TALKED = there_is(inbox.join(addresses, _SAID_THERE), _THEIRS, addresses.c.is_main)  # not who spoke for them
_other = addresses.alias()
_SPEAK_FOR_OTHERS = there_is(
    addresses.join(_other, and_(_other.c.channel == addresses.c.channel, _other.c.address == addresses.c.address)),
    _THEIRS,
    addresses.c.is_main,
    _other.c.is_main.is_(False),
)


def is_one(tx: Transaction, channel: str, address: str) -> bool:
    """Whether nothing is known of whoever writes from there, nor of anybody for whom they do."""
    here = (addresses.c.channel == channel, addresses.c.address == address)
    somebody = select(residents.c.id).join(addresses, _THEIRS).where(*here, _is_somebody())
    return tx.execute(somebody).first() is None


def talk(tx: Transaction, before: datetime, most: int) -> Sequence[int]:
    """Ids of messages that strangers sent, all of them answered; it looks through everything."""
    over = (inbox.c.received_at < before, inbox.c.settled_at.is_not(None))
    found: Sequence[int] = tx.execute(select(inbox.c.id).where(*over, ~_SOMEBODY_SAID_IT).limit(most)).scalars().all()
    return found


def find(tx: Transaction, before: datetime, most: int) -> Sequence[int]:
    """Ids of residents whom nothing is known of, and whose talk is forgotten."""
    return tx.execute(_silent().where(residents.c.created_at < before).limit(most)).scalars().all()


def forget(tx: Transaction, ids: Sequence[int]) -> int:
    """Those of them that are still strangers; who is just writing stays, and how many didn't is told."""
    these = residents.c.id.in_(ids)
    held = tx.execute(select(residents.c.id).where(these).with_for_update(skip_locked=True)).scalars().all()
    gone = tx.execute(_silent().where(residents.c.id.in_(held))).scalars().all()
    tx.execute(delete(addresses).where(addresses.c.resident_id.in_(gone)))
    return tx.execute(delete(residents).where(residents.c.id.in_(gone))).rowcount


def _silent() -> Select[int]:
    return select(residents.c.id).where(~_is_somebody(), ~_HAVE_TALKED, ~_SPEAK_FOR_OTHERS)

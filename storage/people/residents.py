"""Residents, and the addresses that reach them: one person, many addresses."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select, update

from storage.database import Transaction, insert, there_is
from storage.engine.prepared import Prepared
from storage.keys import sealing
from storage.tables import addresses, inbox, residents


@dataclass(frozen=True)
class Resident:
    """A person. `id` 0 is a visitor who has said nothing yet, of whom nothing is stored."""

    id: int
    language: str
    name: str | None = None
    birth_year: int | None = None
    mobile: str | None = None  # E.164
    dong: str | None = None  # a dong of the district, or "elsewhere"
    tie: str | None = None  # lives, works, studies or none
    target: str | None = None
    is_simple: bool = False  # shown less at once, in short sentences and large letters
    simple_declined_at: datetime | None = None
    speaks_for_others: bool = False  # where they were found by an address: whether others have it speak for them


AT_ONCE = 10_000  # residents named in one statement
PERSONAL = ("name", "birth_year", "mobile", "dong", "tie", "target")

_FIELDS = [residents.c[name] for name in ("id", "language", *PERSONAL, "is_simple", "simple_declined_at")]
_BY_ID = select(*_FIELDS).where(residents.c.id == bindparam("id"))
_WITH_IDS = select(*_FIELDS).where(residents.c.id.in_(bindparam("ids", expanding=True)))
_other = addresses.alias()
_SPEAKS_FOR_OTHERS = there_is(
    _other,
    _other.c.channel == addresses.c.channel,
    _other.c.address == addresses.c.address,
    _other.c.is_main.is_(False),
)
_BY_ADDRESS: Select[Any] = (
    select(*_FIELDS, _SPEAKS_FOR_OTHERS.label("speaks_for_others"))
    .join(addresses, addresses.c.resident_id == residents.c.id)
    .where(
        addresses.c.channel == bindparam("channel"), addresses.c.address == bindparam("address"), addresses.c.is_main
    )
)
# FOR NO KEY UPDATE: rows that refer to a resident can still be inserted beside us. The address is locked as well, for
# while we wait it may come to lead to another record, or its resident may be erased: it is looked up anew then.
_LOCK_BY_ADDRESS = Prepared(
    _BY_ADDRESS.where(residents.c.erased_at.is_(None)).with_for_update(key_share=True, of=[residents, addresses])
)
_FIND_BY_ADDRESS = Prepared(_BY_ADDRESS)
_WHOSE = select(addresses.c.resident_id).where(
    addresses.c.channel == bindparam("channel"), addresses.c.address == bindparam("address"), addresses.c.is_main
)
_HOLD_WHOSE = Prepared(_WHOSE.with_for_update(read=True, key_share=True))
_LOCK_BY_ID = _BY_ID.with_for_update(key_share=True)


def find(tx: Transaction, channel: str, address: str) -> Resident | None:
    """Who speaks at an address for themselves."""
    row = _FIND_BY_ADDRESS.first(tx, channel=channel, address=address)
    return Resident(*row) if row else None


def welcome(tx: Transaction, channel: str, address: str, language: str, now: datetime) -> Resident:
    """The resident who speaks at an address, locked until the transaction ends; a new one when it is unknown."""
    return lock_at(tx, channel, address) or lock(tx, _add(tx, channel, address, language, now).id)


def lock_at(tx: Transaction, channel: str, address: str) -> Resident | None:
    """The resident who speaks at an address, locked until the transaction ends."""
    here = {"channel": channel, "address": address}
    row = _LOCK_BY_ADDRESS.first(tx, **here) or _LOCK_BY_ADDRESS.first(tx, **here)
    return Resident(*row) if row else None


def hold_address(tx: Transaction, channel: str, address: str) -> int:
    """Who speaks at an address, which stays so until the transaction ends; 0 where nobody is known."""
    return _HOLD_WHOSE.value(tx, channel=channel, address=address) or 0


def count_at(tx: Transaction, channel: str, address: str) -> int:
    """How many people are reached at an address."""
    here = (addresses.c.channel == channel, addresses.c.address == address)
    return tx.execute(select(func.count()).select_from(addresses).where(*here)).scalar_one()


def by_id(tx: Transaction, resident_id: int) -> Resident:
    return _resident(tx.execute(_BY_ID, {"id": resident_id}).one())


def with_ids(tx: Transaction, ids: Collection[int]) -> dict[int, Resident]:
    return {row.id: _resident(row) for row in tx.execute(_WITH_IDS, {"ids": list(ids)})} if ids else {}


def addresses_of(tx: Transaction, resident_ids: Collection[int]) -> list[tuple[int, int]]:
    """(resident, id of the address) of all that these write from."""
    query = select(addresses.c.resident_id, addresses.c.id).where(addresses.c.resident_id.in_(resident_ids))
    return [(row.resident_id, row.id) for row in tx.execute(query.order_by(addresses.c.id))]


def newest_id(tx: Transaction) -> int:
    newest: int = tx.execute(select(func.coalesce(func.max(residents.c.id), 0))).scalar_one()
    return newest


def lock(tx: Transaction, resident_id: int) -> Resident:
    return _resident(tx.execute(_LOCK_BY_ID, {"id": resident_id}).one())


def _add(tx: Transaction, channel: str, address: str, language: str, now: datetime) -> Resident:
    created = tx.execute(residents.insert().values(language=language, created_at=now).returning(residents.c.id))
    resident_id = created.scalar_one()
    row = {"resident_id": resident_id, "channel": channel, "address": address, "created_at": now}
    added = tx.execute(insert(tx, addresses).values(row).on_conflict_do_nothing().returning(addresses.c.id)).scalar()
    if added is None:  # another process met this address first
        tx.execute(residents.delete().where(residents.c.id == resident_id))
        known = find(tx, channel, address)
        assert known is not None
        return known
    return Resident(resident_id, language)


def enter(tx: Transaction, language: str, now: datetime) -> Resident:
    """Somebody who has no chat: an officer writes down what they say."""
    created = tx.execute(residents.insert().values(language=language, created_at=now).returning(residents.c.id))
    return Resident(created.scalar_one(), language)


def describe(tx: Transaction, resident: Resident, **personal: str | int | None) -> Resident:
    """Keep what a resident says of themselves; names of PERSONAL only."""
    found_by = {"mobile_tag": tag(tx, personal["mobile"])} if "mobile" in personal else {}
    tx.execute(update(residents).where(residents.c.id == resident.id).values(**personal, **found_by))
    return replace(resident, **personal)  # type: ignore[arg-type]


def tag(tx: Transaction, mobile: str | int | None) -> str | None:
    """What stands beside a mobile number that is sealed, so that it can be looked up."""
    return sealing.of(tx).tag("mobile", str(mobile)) if mobile else None


def tags(tx: Transaction, mobile: str | None) -> list[str]:
    """All that may stand beside this number."""
    return sealing.of(tx).tags("mobile", mobile) if mobile else []


def speak(tx: Transaction, resident_id: int, language: str) -> None:
    tx.execute(update(residents).where(residents.c.id == resident_id).values(language=language))


def simplify(tx: Transaction, resident_id: int, is_simple: bool, declined_at: datetime | None = None) -> None:
    """Whether they are shown things in simple mode, and when they last said that they needn't be."""
    chosen = {"is_simple": is_simple, "simple_declined_at": declined_at}
    tx.execute(update(residents).where(residents.c.id == resident_id).values(chosen))


def remember_origin(tx: Transaction, channel: str, address: str, origin: str) -> None:
    """Remember which flyer or centre brought somebody; the first one counts."""
    here = (addresses.c.channel == channel, addresses.c.address == address, addresses.c.is_main)
    tx.execute(update(addresses).where(*here, addresses.c.origin.is_(None)).values(origin=origin))


def origin(tx: Transaction, channel: str, address: str) -> str | None:
    """Which flyer or centre brought whoever writes from there."""
    here = (addresses.c.channel == channel, addresses.c.address == address, addresses.c.is_main)
    found: str | None = tx.execute(select(addresses.c.origin).where(*here)).scalar()
    return found


def address_id(tx: Transaction, resident_id: int, channel: str, address: str) -> int:
    """The number of an address of theirs."""
    here = (addresses.c.resident_id == resident_id, addresses.c.channel == channel, addresses.c.address == address)
    number: int = tx.execute(select(addresses.c.id).where(*here)).scalar_one()
    return number


def address_of(tx: Transaction, number: int) -> tuple[str, str] | None:
    """(channel, address); None when it isn't there any more."""
    row = tx.execute(select(addresses.c.channel, addresses.c.address).where(addresses.c.id == number)).one_or_none()
    return (row.channel, row.address) if row else None


def leave(tx: Transaction, channel: str, address: str) -> None:
    """Whoever writes from this address from now on is a stranger, and speaks for nobody.

    What was said and done there stays theirs for whom it was.
    """
    left = {"address": f"left {secrets.token_hex(16)}"}
    for table in (addresses, inbox):
        tx.execute(update(table).where(table.c.channel == channel, table.c.address == address).values(left))


def _resident(row: "Row[tuple[object, ...]]") -> Resident:
    return Resident(**row._mapping)

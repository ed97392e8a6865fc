"""Those for whom somebody else speaks: persons with records of their own at the address of another's chat."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

from sqlalchemy import bindparam, delete, select, tuple_

from storage.database import Transaction, there_is
from storage.people.residents import Resident
from storage.tables import addresses, residents

_FOR = "for/"  # begins what is said or asked for somebody else: for/7/mine/3
_FIELDS = [residents.c[field.name] for field in fields(Resident) if field.name in residents.c]
_THERE = (
    select(*_FIELDS)
    .join(addresses, addresses.c.resident_id == residents.c.id)
    .where(addresses.c.channel == bindparam("channel"), addresses.c.address == bindparam("address"))
    .where(addresses.c.is_main.is_(False), residents.c.merged_into.is_(None))
    .order_by(residents.c.id)
)
_ONE = _THERE.where(residents.c.id == bindparam("resident_id"))
_HAS_OWN_CHAT = select(there_is(addresses, addresses.c.resident_id == bindparam("resident_id"), addresses.c.is_main))


def at(tx: Transaction, channel: str, address: str) -> list[Resident]:
    """Those for whom this address speaks, in the order in which they came."""
    return [Resident(**row._mapping) for row in tx.execute(_THERE, {"channel": channel, "address": address})]


def find(tx: Transaction, channel: str, address: str, resident_id: int) -> Resident | None:
    """This person, if this address speaks for them."""
    named = {"channel": channel, "address": address, "resident_id": resident_id}
    row = tx.execute(_ONE, named).one_or_none()
    return Resident(**row._mapping) if row else None


def lock(tx: Transaction, channel: str, address: str, resident_id: int) -> None:
    """Who this person is, and that the address speaks for them, stays so until the transaction ends."""
    named = {"channel": channel, "address": address, "resident_id": resident_id}
    tx.execute(_ONE.with_for_update(key_share=True, of=[residents, addresses]), named).all()


def add(tx: Transaction, channel: str, address: str, language: str, now: datetime) -> Resident:
    """One more person for whom this address speaks, of whom nothing is known yet."""
    row = residents.insert().values(language=language, created_at=now).returning(residents.c.id)
    resident_id: int = tx.execute(row).scalar_one()
    here = {"resident_id": resident_id, "channel": channel, "address": address, "is_main": False, "created_at": now}
    tx.execute(addresses.insert().values(here))
    return Resident(resident_id, language)


def leave_to_themselves(tx: Transaction, speakers: Collection[int]) -> None:
    """The chats of these speak for nobody else any more."""
    chats = select(addresses.c.channel, addresses.c.address).where(
        addresses.c.resident_id.in_(speakers), addresses.c.is_main
    )
    here = tuple_(addresses.c.channel, addresses.c.address).in_(chats)
    tx.execute(delete(addresses).where(here, addresses.c.is_main.is_(False)))


def has_own_chat(tx: Transaction, resident_id: int) -> bool:
    return bool(tx.execute(_HAS_OWN_CHAT, {"resident_id": resident_id}).scalar())


def path_for(resident_id: int, path: str) -> str:
    """A path, or the name of a form, of a person for whom somebody else speaks."""
    return f"{_FOR}{resident_id}/{path}"


def split(path: str) -> tuple[int, str]:
    """Whom a path is for, and the path; 0 for whoever speaks, and for what is no person's."""
    if not path.startswith(_FOR):
        return 0, path
    whose, _, rest = path.removeprefix(_FOR).partition("/")
    is_number = whose.isascii() and whose.isdigit() and len(whose) < 16
    return (int(whose), rest) if is_number and int(whose) and rest else (0, path)

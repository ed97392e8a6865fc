"""In which chats somebody is met: their own, and those of others who speak for them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import addresses, residents


@dataclass(frozen=True)
class Met:
    """A chat, without its address; where it isn't their own (`is_main`), somebody else speaks for them there."""

    channel: str
    is_main: bool
    unreachable: bool
    origin: str | None
    created_at: datetime


def of_resident(tx: Transaction, resident_id: int) -> list[Met]:
    """Their own first."""
    fields = [addresses.c[name] for name in Met.__dataclass_fields__]
    mine = select(*fields).where(addresses.c.resident_id == resident_id)
    return [Met(*row) for row in tx.execute(mine.order_by(addresses.c.is_main.desc(), addresses.c.id))]


def speakers(tx: Transaction, resident_id: int) -> list[int]:
    """Who speaks for somebody."""
    return _beside(tx, resident_id, is_main=False)


def represented(tx: Transaction, resident_id: int) -> list[int]:
    """For whom somebody speaks."""
    return _beside(tx, resident_id, is_main=True)


def _beside(tx: Transaction, resident_id: int, is_main: bool) -> list[int]:
    """Others at the chats that are their own, or that aren't: of one chat all but its owner have somebody speak."""
    mine, others = addresses.alias(), addresses.alias()
    same = (mine.c.channel == others.c.channel) & (mine.c.address == others.c.address)
    found = select(others.c.resident_id).join(mine, same).join(residents, residents.c.id == others.c.resident_id)
    these = (mine.c.resident_id == resident_id, mine.c.is_main.is_(is_main), others.c.is_main.is_(not is_main))
    query = found.where(*these, residents.c.merged_into.is_(None)).distinct()
    return list(tx.execute(query.order_by(others.c.resident_id)).scalars())

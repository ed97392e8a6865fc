"""Who stands in for whom, from one day to another."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from storage.database import Transaction, insert
from storage.officers import accounts
from storage.officers.accounts import Account
from storage.tables import officer_deputies


@dataclass(frozen=True)
class Deputy:
    """`from_day` and `until_day` are included."""

    id: int
    officer_id: int
    deputy_id: int
    from_day: date
    until_day: date


def since(tx: Transaction, day: date) -> list[Deputy]:
    """Those who stand in, or will, from a day on."""
    found = select(officer_deputies).where(officer_deputies.c.until_day >= day).order_by(officer_deputies.c.from_day)
    return [Deputy(*row) for row in tx.execute(found)]


def set_period(tx: Transaction, officer_id: int, deputy_id: int, from_day: date, until_day: date) -> None:
    """One that begins on the same day is another length of the same."""
    row = {"officer_id": officer_id, "deputy_id": deputy_id, "from_day": from_day}
    added = insert(tx, officer_deputies).values(**row, until_day=until_day)
    keys = ["officer_id", "deputy_id", "from_day"]
    tx.execute(added.on_conflict_do_update(index_elements=keys, set_={"until_day": until_day}))


def remove(tx: Transaction, period: Deputy) -> None:
    """As if it had never been."""
    tx.execute(delete(officer_deputies).where(officer_deputies.c.id == period.id))


def absent(tx: Transaction, deputy_id: int, day: date) -> list[Account]:
    """For whom somebody stands in on that day."""
    on_day = (officer_deputies.c.from_day <= day, officer_deputies.c.until_day >= day)
    mine = select(officer_deputies.c.officer_id).where(officer_deputies.c.deputy_id == deputy_id, *on_day)
    return accounts.with_ids(tx, tx.execute(mine).scalars().all())

"""Keys that officers' devices hold: we know what they are called, and how to tell what they have signed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.database import Transaction, insert
from storage.tables import officer_passkeys


@dataclass(frozen=True)
class Passkey:
    """`credential` is by what its device knows it; `sign_count` how often that says it has signed."""

    id: int
    name: str
    credential: str
    public_key: bytes
    sign_count: int
    made_at: datetime
    used_at: datetime | None


_FIELDS = [officer_passkeys.c[name] for name in Passkey.__dataclass_fields__]


def of_officer(tx: Transaction, officer_id: int) -> list[Passkey]:
    mine = select(*_FIELDS).where(officer_passkeys.c.officer_id == officer_id).order_by(officer_passkeys.c.id)
    return [Passkey(*row) for row in tx.execute(mine)]


def find(tx: Transaction, officer_id: int, credential: str) -> Passkey | None:
    """This very officer's."""
    return next((each for each in of_officer(tx, officer_id) if each.credential == credential), None)


def add(
    tx: Transaction, officer_id: int, name: str, credential: str, public_key: bytes, sign_count: int, now: datetime
) -> bool:
    """False where somebody has it already."""
    key = {"credential": credential, "public_key": public_key, "sign_count": sign_count}
    row = {"officer_id": officer_id, "name": name, **key, "made_at": now}
    added = insert(tx, officer_passkeys).values(row).on_conflict_do_nothing()
    return tx.execute(added).rowcount == 1


def used(tx: Transaction, key_id: int, sign_count: int, now: datetime) -> None:
    this = update(officer_passkeys).where(officer_passkeys.c.id == key_id)
    tx.execute(this.values(sign_count=sign_count, used_at=now))


def remove(tx: Transaction, officer_id: int, key_id: int) -> str | None:
    """What it was called; None where it isn't this officer's."""
    this = (officer_passkeys.c.id == key_id, officer_passkeys.c.officer_id == officer_id)
    return tx.execute(delete(officer_passkeys).where(*this).returning(officer_passkeys.c.name)).scalar()


def remove_all(tx: Transaction, officer_id: int) -> None:
    tx.execute(delete(officer_passkeys).where(officer_passkeys.c.officer_id == officer_id))

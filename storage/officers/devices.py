"""Browsers from which officers have signed in, by a digest of what they keep: wrong tries there count by themselves."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from storage.database import Transaction
from storage.officers.accounts import digest
from storage.tables import officer_devices

KEPT = timedelta(days=180)  # after somebody signed in there last
MOST = 20  # of an officer; the oldest go
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Device:
    """`failures` are wrong tries in a row."""

    id: int
    failures: int
    locked_until: datetime | None

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and self.locked_until > now


def find(tx: Transaction, officer_id: int, token: str, now: datetime) -> Device | None:
    """The browser that keeps this, if this very officer has signed in there."""
    fields = [officer_devices.c[name] for name in Device.__dataclass_fields__]
    this = (officer_devices.c.officer_id == officer_id, officer_devices.c.digest == digest(token))
    row = tx.execute(select(*fields).where(*this, officer_devices.c.seen_at > now - KEPT)).one_or_none()
    return Device(*row) if row else None


def remember(tx: Transaction, officer_id: int, before: str, now: datetime) -> str:
    """What the browser is to keep from now on in place of `before`, for all who share it.

    It is new each time, so that nothing somebody had put there beforehand is worth anything.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    shared, mine = officer_devices.c.digest == digest(before), officer_devices.c.officer_id == officer_id
    tx.execute(delete(officer_devices).where(shared, mine))
    tx.execute(update(officer_devices).where(shared).values(digest=digest(token)))
    tx.execute(officer_devices.insert().values(officer_id=officer_id, digest=digest(token), seen_at=now))
    newest = select(officer_devices.c.id).where(mine).order_by(officer_devices.c.id.desc()).limit(MOST)
    tx.execute(delete(officer_devices).where(mine, officer_devices.c.id.not_in(newest)))
    tx.execute(delete(officer_devices).where(officer_devices.c.seen_at <= now - KEPT))
    return token


def failed(tx: Transaction, device: Device, locked_until: datetime | None) -> None:
    """A wrong try; a lock counts anew."""
    failures = 0 if locked_until else device.failures + 1
    this = update(officer_devices).where(officer_devices.c.id == device.id)
    tx.execute(this.values(failures=failures, locked_until=locked_until))


def count(tx: Transaction, officer_id: int, now: datetime) -> int:
    mine = (officer_devices.c.officer_id == officer_id, officer_devices.c.seen_at > now - KEPT)
    return tx.execute(select(func.count()).select_from(officer_devices).where(*mine)).scalar_one()


def forget_all(tx: Transaction, officer_id: int, but: str = "") -> None:
    """All of an officer, but for the browser that keeps this."""
    these = (officer_devices.c.officer_id == officer_id, officer_devices.c.digest != digest(but))
    tx.execute(delete(officer_devices).where(*these))

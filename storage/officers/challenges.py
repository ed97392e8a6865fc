"""What a key is to sign: good once, not for long, and for the browser alone that holds the token."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from storage.database import Transaction
from storage.officers.accounts import digest
from storage.tables import officer_challenges

LASTS = timedelta(minutes=5)
BYTES = 32


@dataclass(frozen=True)
class Challenge:
    """`officer_id` is None where the password before it was wrong."""

    officer_id: int | None
    challenge: bytes


def make(tx: Transaction, token: str, officer_id: int | None, purpose: str, now: datetime) -> bytes:
    """In place of the one before, if this token has one; those that are over go."""
    end(tx, token)
    tx.execute(delete(officer_challenges).where(officer_challenges.c.until <= now))
    challenge = secrets.token_bytes(BYTES)
    row = {"officer_id": officer_id, "digest": digest(token), "purpose": purpose, "challenge": challenge}
    tx.execute(officer_challenges.insert().values(**row, until=now + LASTS))
    return challenge


def use(tx: Transaction, token: str, purpose: str, now: datetime) -> Challenge | None:
    """It is used up, whatever comes of it: of many who come at once one gets it."""
    this = (officer_challenges.c.digest == digest(token), officer_challenges.c.purpose == purpose)
    fields = [officer_challenges.c[name] for name in Challenge.__dataclass_fields__]
    used = delete(officer_challenges).where(*this, officer_challenges.c.until > now)
    row = tx.execute(used.returning(*fields)).one_or_none()
    return Challenge(*row) if row else None


def end(tx: Transaction, token: str) -> None:
    tx.execute(delete(officer_challenges).where(officer_challenges.c.digest == digest(token)))


def end_all(tx: Transaction, officer_id: int) -> None:
    tx.execute(delete(officer_challenges).where(officer_challenges.c.officer_id == officer_id))

"""Links that are good once and not for long: whoever holds one gets to what it was made for, without a login.

Only digests are kept, so that nobody who reads the database can open anything.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from storage.database import Transaction
from storage.tables import one_time_links

TOKEN_BYTES = 24


@dataclass(frozen=True)
class Link:
    """`subject` is whatever the purpose needs to know, and nothing personal: it isn't sealed."""

    resident_id: int
    subject: str
    until: datetime
    used_at: datetime | None


_FIELDS = [one_time_links.c[name] for name in Link.__dataclass_fields__]


def make(tx: Transaction, purpose: str, resident_id: int, subject: str, now: datetime, lasts: timedelta) -> str:
    """The token to put into the link; it can't be found again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = {"resident_id": resident_id, "subject": subject, "made_at": now, "until": now + lasts}
    tx.execute(one_time_links.insert().values(digest=_digest(token), purpose=purpose, **row))
    return token


def find(tx: Transaction, token: str, purpose: str) -> Link | None:
    """A link that was made, whether or not it is still good."""
    row = tx.execute(select(*_FIELDS).where(*_this(token, purpose))).one_or_none()
    return Link(*row) if row else None


def look(tx: Transaction, token: str, purpose: str, now: datetime) -> Link | None:
    """What a link is good for, which it still is afterwards; None for one that is unknown, stale or used."""
    row = tx.execute(select(*_FIELDS).where(*_good(token, purpose, now))).one_or_none()
    return Link(*row) if row else None


def use(tx: Transaction, token: str, purpose: str, now: datetime) -> Link | None:
    """The same, and it is used up: of many who come at once one gets it."""
    used = update(one_time_links).where(*_good(token, purpose, now)).values(used_at=now)
    row = tx.execute(used.returning(*_FIELDS)).one_or_none()
    return Link(*row) if row else None


def end(tx: Transaction, resident_id: int) -> int:
    """End all links of a person, as if they had never been."""
    return tx.execute(delete(one_time_links).where(one_time_links.c.resident_id == resident_id)).rowcount


def forget_before(tx: Transaction, moment: datetime) -> int:
    return tx.execute(delete(one_time_links).where(one_time_links.c.until < moment)).rowcount


def _good(token: str, purpose: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return *_this(token, purpose), one_time_links.c.used_at.is_(None), one_time_links.c.until > now


def _this(token: str, purpose: str) -> tuple[ColumnElement[bool], ...]:
    return one_time_links.c.digest == _digest(token), one_time_links.c.purpose == purpose


def _digest(token: str) -> str:
    """Of so much chance a plain digest tells nothing, and links outlive a change of the key."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

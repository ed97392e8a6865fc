"""Who is signed in: kept by a digest of what the browser has, so that any of it can be ended at once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from storage.database import Transaction
from storage.officers.accounts import digest
from storage.tables import officer_sessions

IDLE = timedelta(minutes=20)
LONGEST = timedelta(hours=9)
SEEN_AFTER = timedelta(seconds=30)  # a look within it isn't worth a write
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Session:
    """`told` is what the next page is to show, if anything.

    With a `counter_pin` it is a tablet's at the counter, which may do nothing but register who stands before it.
    """

    id: int
    officer_id: int
    began_at: datetime
    seen_at: datetime
    told: Any
    counter_pin: str | None = None
    origin: str | None = None

    @property
    def is_at_counter(self) -> bool:
        return self.counter_pin is not None

    def is_to_be_seen(self, now: datetime) -> bool:
        """Whether it is time to write down that somebody is there."""
        return self.told is not None or now - self.seen_at > SEEN_AFTER


def begin(tx: Transaction, officer_id: int, now: datetime, origin: str = "") -> str:
    """The token of a new one, which can't be found again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = {"officer_id": officer_id, "digest": digest(token), "began_at": now, "seen_at": now, "origin": origin}
    tx.execute(officer_sessions.insert().values(row))
    return token


def find(tx: Transaction, token: str, now: datetime) -> Session | None:
    """The one of this token, as long as it is good."""
    row = tx.execute(select(*_FIELDS).where(officer_sessions.c.digest == digest(token), *_good(now))).one_or_none()
    return Session(*row) if row else None


def of_officer(tx: Transaction, officer_id: int, now: datetime) -> list[Session]:
    """Those that are good, the newest first."""
    mine = select(*_FIELDS).where(officer_sessions.c.officer_id == officer_id, *_good(now))
    return [Session(*row) for row in tx.execute(mine.order_by(officer_sessions.c.id.desc()))]


def see(tx: Transaction, session_id: int, now: datetime) -> None:
    """Somebody is there, and has been shown what was to be told."""
    tx.execute(update(officer_sessions).where(officer_sessions.c.id == session_id).values(seen_at=now, told=None))


def end(tx: Transaction, session_id: int) -> None:
    tx.execute(delete(officer_sessions).where(officer_sessions.c.id == session_id))


def end_one(tx: Transaction, officer_id: int, session_id: int) -> bool:
    """False where it isn't this officer's, or over already."""
    this = (officer_sessions.c.id == session_id, officer_sessions.c.officer_id == officer_id)
    return tx.execute(delete(officer_sessions).where(*this)).rowcount == 1


def end_all(tx: Transaction, officer_id: int, but: int = 0) -> int:
    """All of an officer, wherever they are signed in, but for one; how many they were."""
    these = (officer_sessions.c.officer_id == officer_id, officer_sessions.c.id != but)
    return tx.execute(delete(officer_sessions).where(*these)).rowcount


def tried(tx: Transaction, session_id: int) -> int:
    """One more wrong proof that it is its owner; how many that makes."""
    this = update(officer_sessions).where(officer_sessions.c.id == session_id)
    counted = this.values(tries=officer_sessions.c.tries + 1).returning(officer_sessions.c.tries)
    return tx.execute(counted).scalar() or 0


def trust(tx: Transaction, session_id: int) -> None:
    """It is its owner: wrong tries count anew."""
    tx.execute(update(officer_sessions).where(officer_sessions.c.id == session_id).values(tries=0))


def put_at_counter(tx: Transaction, session_id: int, pin: str | None) -> None:
    """It is the counter's from now on, or the officer's again."""
    values = {"counter_pin": pin, "counter_tries": 0, "told": None}
    tx.execute(update(officer_sessions).where(officer_sessions.c.id == session_id).values(values))


def try_pin(tx: Transaction, session_id: int, most: int) -> bool:
    """Whether one more may be tried; it is counted before it is compared."""
    this = (officer_sessions.c.id == session_id, officer_sessions.c.counter_tries < most)
    tried = {"counter_tries": officer_sessions.c.counter_tries + 1}
    return tx.execute(update(officer_sessions).where(*this).values(tried)).rowcount == 1


def tell(tx: Transaction, session_id: int, told: Any) -> None:
    """Keep for the next page what was done."""
    tx.execute(update(officer_sessions).where(officer_sessions.c.id == session_id).values(told=told))


_FIELDS = [officer_sessions.c[name] for name in Session.__dataclass_fields__]


def _good(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return officer_sessions.c.seen_at > now - IDLE, officer_sessions.c.began_at > now - LONGEST


def forget(tx: Transaction, now: datetime) -> int:
    """Those that are over."""
    over = or_(officer_sessions.c.seen_at <= now - IDLE, officer_sessions.c.began_at <= now - LONGEST)
    return tx.execute(delete(officer_sessions).where(over)).rowcount

"""Who tries to sign in, and how often in vain.

A browser from which somebody has signed in counts its own wrong tries; those of all others count together. So whoever
knows a login can't lock out its owner, and guesses no more often by coming from many places.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.audit import journal
from storage.audit.journal import Officer
from storage.database import Transaction
from storage.officers import accounts, devices, sessions
from storage.officers.accounts import Account

MOST = 5  # in a row, wrong ones, lock an account for whoever counts together
LOCKED = timedelta(minutes=15)
SIGNED_IN, FAILED, LOCKED_OUT, BEGAN = "signed-in", "refused/sign-in", "locked", "began"


@dataclass(frozen=True)
class Try:
    """`device` is what the browser has kept from signing in before, if it has."""

    origin: str
    device: str
    now: datetime


@dataclass(frozen=True)
class Begun:
    """What the browser of who is signed in keeps: the session's token, and by what it is known next time."""

    session: str
    device: str


def is_locked(tx: Transaction, account: Account, by: Try) -> bool:
    known = devices.find(tx, account.id, by.device, by.now)
    return (known or account).is_locked(by.now)


def failed(tx: Transaction, account: Account, by: Try) -> None:
    known = devices.find(tx, account.id, by.device, by.now)
    is_last = (known or account).failures + 1 >= MOST
    until = by.now + LOCKED if is_last else None
    if known:
        devices.failed(tx, known, until)
    else:
        accounts.failed(tx, account, until)
    _note(tx, account, LOCKED_OUT if is_last else FAILED, by)


def succeeded(tx: Transaction, account: Account, by: Try, how: str = SIGNED_IN) -> Begun:
    """Somebody is signed in; what strangers tried elsewhere stays counted unless it came from there."""
    if devices.find(tx, account.id, by.device, by.now) is None:
        accounts.unlock(tx, account.id)
    sessions.forget(tx, by.now)
    session = sessions.begin(tx, account.id, by.now, by.origin)
    device = devices.remember(tx, account.id, by.device, by.now)
    _note(tx, account, how, by)
    return Begun(session, device)


def _note(tx: Transaction, account: Account, action: str, by: Try) -> None:
    journal.add(tx, Officer(account.name, by.origin), action, {"login": account.login}, by.now)

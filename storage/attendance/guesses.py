"""Codes of classes that a chat typed wrong: so few may be tried that none is found by trying."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from storage.database import Transaction
from storage.keys import sealing
from storage.tables import link_guesses

TRIES = 10
WITHIN = timedelta(hours=1)
_PURPOSE = "attend"


def are_used_up(tx: Transaction, channel: str, address: str, now: datetime) -> bool:
    """Whether this chat may try no more for a while. It must be locked, as it is while it is answered."""
    of_chat = (link_guesses.c.chat == _digest(tx, channel, address), link_guesses.c.purpose == _PURPOSE)
    query = select(func.count()).where(*of_chat, link_guesses.c.at > now - WITHIN)
    return tx.execute(query).scalar_one() >= TRIES


def note(tx: Transaction, channel: str, address: str, now: datetime) -> None:
    row = {"chat": _digest(tx, channel, address), "source": "", "at": now, "purpose": _PURPOSE}
    tx.execute(link_guesses.insert().values(row))


def _digest(tx: Transaction, channel: str, address: str) -> str:
    return sealing.of(tx).digest("attend chat", channel, address)

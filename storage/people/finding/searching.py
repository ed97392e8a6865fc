"""Finding people by a part of what they told, which the database only holds sealed: by what a process has in memory."""

import unicodedata
from collections.abc import Iterable, Sequence
from sys import intern
from threading import Lock
from typing import Any

from sqlalchemy import bindparam, or_, select, text

from storage.database import Transaction
from storage.people.finding import persons
from storage.people.finding.persons import Person, plain
from storage.tables import residents

LEAST_DIGITS = 4  # of a number; fewer are the number of a record
LONGEST_NUMBER = 15  # digits of a record
HERE, ABROAD = "0", "82"  # what a number of this country begins with

_KNOWN = (residents.c.id, residents.c.changed, residents.c.name, residents.c.mobile)
_ALL = select(*_KNOWN).where(or_(residents.c.name.is_not(None), residents.c.mobile.is_not(None)))
_CHANGED = select(*_KNOWN).where(residents.c.changed > bindparam("since"))
_CHANGED_HERE = _CHANGED.where(residents.c.changed < bindparam("until"))
_GOING_ON = text(
    "SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint FROM pg_current_snapshot() AS now"
)


class Index:
    """Of one database. Each search begins with reading what has changed since the last one.

    The lock is never held while the database is asked: on PostgreSQL others go on meanwhile in the same thread.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._since: int | None = None
        self._learnt = 0  # how often
        self._names: dict[int, str] = {}
        self._initials: dict[int, str] = {}
        self._numbers: dict[int, str] = {}

    def find(self, tx: Transaction, said: str, most: int | None = None) -> list[Person]:
        """By a part of a name, its first consonants, a number or its end, or the number of a record."""
        while not self._follow(tx):
            pass
        with self._lock:
            found = self._having(said)[:most]
        people = persons.with_ids(tx, found)
        return [people[each] for each in found if each in people]

    def _having(self, said: str) -> list[int]:
        if digits := _digits(said):
            return list(dict.fromkeys([*self._of_record(said), *self._of_number(digits)]))
        wanted = plain(said)
        among = self._initials if wanted == _initials(wanted) else self._names
        found = [number for number, kept in among.items() if wanted in kept] if wanted else []
        return sorted(found, key=lambda each: (among[each] != wanted, not among[each].startswith(wanted), each))

    def _of_record(self, said: str) -> list[int]:
        number = int(said) if said.isdecimal() and len(said) <= LONGEST_NUMBER else 0
        return [number] if number in self._names or number in self._numbers else []

    def _of_number(self, digits: str) -> list[int]:
        enough = len(digits) >= LEAST_DIGITS
        return [each for each, kept in self._numbers.items() if kept.endswith(digits)] if enough else []

    def _follow(self, tx: Transaction) -> bool:
        """False where somebody else has learnt meanwhile, perhaps newer things: then it is read again from there."""
        learnt, since = self._learnt, self._since
        rows, until = self._changed(tx, since)
        with self._lock:
            if learnt != self._learnt:
                return False
            self._learn(rows)
            self._since = until
            self._learnt += 1
            return True

    def _changed(self, tx: Transaction, since: int | None) -> tuple[Sequence[Any], int]:
        """Rows since then, and since when they are to be read the next time."""
        if tx.dialect.name == "postgresql":
            going_on, to_come = tx.execute(_GOING_ON).one()
            # Rows of a transaction that is over were seen; of numbers yet to come none was given in this cluster.
            given = {"since": since, "until": to_come}
            return tx.execute(_ALL if since is None else _CHANGED_HERE, given).all(), going_on - 1
        rows = tx.execute(_ALL if since is None else _CHANGED, {"since": since}).all()
        return rows, max((row.changed for row in rows), default=since or 0)

    def _learn(self, rows: Iterable[Any]) -> None:
        for number, _, name, mobile in rows:
            for kept in (self._names, self._initials, self._numbers):
                kept.pop(number, None)
            if folded := plain(name or ""):
                self._names[number] = intern(folded)
                self._initials[number] = intern(_initials(folded))
            if mobile:
                self._numbers[number] = _digits(mobile)


def _initials(folded: str) -> str:
    """The first letter of each syllable, as it comes apart; all else as it is."""
    return "".join(unicodedata.normalize("NFD", sign)[0] for sign in folded)


def _digits(said: str) -> str:
    """Digits as they are dialled here; "" where anything else is among them."""
    digits = "".join(sign for sign in said if sign not in " -+.")
    if not digits.isdecimal():
        return ""
    is_abroad = said.strip().startswith("+") or (digits.startswith(ABROAD) and len(digits) > 10)
    return HERE + digits.removeprefix(ABROAD) if is_abroad else digits

"""Planning: who is owed a notice is written into the outbox once, by the database itself; and what it would write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import FromClause, Select, select

from storage.database import Transaction, insert_in, share, there_is
from storage.notices.audiences import Audience
from storage.notices.outbox import NEWS
from storage.people.merging import MERGING
from storage.people.reaching import Carried, can_be_reached
from storage.tables import outbox, residents

_COLUMNS = ("key", "kind", "rank", "resident_id", "about", "due_at", "expires_at")  # as audiences select them


@dataclass(frozen=True)
class Planned:
    """A notice of a kind to everybody of an audience; `occasion` is its part of the notice's key.

    `about` is left to an audience that knows better.
    """

    kind: str
    rank: int
    occasion: str
    about: int
    due_at: datetime
    expires_at: datetime
    audience: Audience

    @property
    def _values(self) -> dict[str, Any]:
        named = {"kind": self.kind, "at_rank": self.rank, "occasion": self.occasion, "spoken_of": self.about}
        return {**named, "due": self.due_at, "until": self.expires_at, **self.audience.values}


def plan(tx: Transaction, planned: Sequence[Planned]) -> None:
    """Owe each of these to everybody whom it concerns; what is owed already stays.

    No records are merged meanwhile: it would be owed to one that nobody speaks as any more.
    """
    share(tx, MERGING)
    for statement, together in groupby(planned, lambda each: each.audience.statement):
        tx.execute(_planning(tx.dialect.name, statement), [each._values for each in together])


@cache
def _planning(dialect: str, statement: Select[Any]) -> Any:
    return insert_in(dialect, outbox).from_select(_COLUMNS, statement).on_conflict_do_nothing()


@dataclass(frozen=True)
class Foreseen:
    """A notice that is to go to somebody, and whether anything can be sent there."""

    key: str
    kind: str
    about: int
    due_at: datetime
    resident_id: int
    name: str | None
    is_reachable: bool


def foresee(tx: Transaction, planned: Planned, ways: Sequence[str]) -> list[Foreseen]:
    """What `plan` would owe; only reads."""
    found = tx.execute(_foreseeing(planned.audience.statement, tuple(ways)), planned._values)
    return [Foreseen(*row) for row in found]


@cache
def _foreseeing(statement: Select[Any], ways: tuple[str, ...]) -> Select[Any]:
    planned = statement.subquery()
    is_new = ~there_is(outbox, outbox.c.key == planned.c.key)
    return _foreseen(planned, ways).where(is_new)


def owed_between(tx: Transaction, since: datetime, until: datetime, ways: Sequence[str]) -> list[Foreseen]:
    """What is owed already and due from `since` on, before `until`."""
    these = (outbox.c.outcome.is_(None), outbox.c.due_at >= since, outbox.c.due_at < until)
    return [Foreseen(*row) for row in tx.execute(_foreseen(outbox, ways).where(*these))]


def _foreseen(planned: FromClause, ways: Sequence[str]) -> Select[Any]:
    columns = (planned.c[name] for name in ("key", "kind", "about", "due_at"))
    carried = Carried(planned.c.kind, planned.c.rank == NEWS)
    reach = can_be_reached(planned.c.resident_id, ways, carried)
    return select(*columns, residents.c.id, residents.c.name, reach).join_from(
        planned, residents, residents.c.id == planned.c.resident_id
    )

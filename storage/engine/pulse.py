"""Signs of life in the database: that it takes what is written, and the latest moment at which a clock was believed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction, insert
from storage.tables import consents, inbox, journal, pulse, residents

WRITTEN = (inbox.c.received_at, journal.c.at, residents.c.created_at, consents.c.decided_at)  # when rows came to be


@dataclass(frozen=True)
class Seen:
    """`believed_at`: when the clock was believed last; `newest`: the same, or a row that was written after that.

    `vouches`: how often an operator said that the clock is right.
    """

    believed_at: datetime | None
    newest: datetime | None
    vouches: int


def look(tx: Transaction) -> Seen:
    row, newest_row = tx.execute(select(pulse)).first(), _newest_row(tx)
    if row is None:
        return Seen(None, newest_row, 0)
    is_known = newest_row is None or newest_row == row.newest_row  # it may be of a time when the clock was wrong
    moments = [row.believed_at, None if is_known else newest_row]
    return Seen(row.believed_at, max(filter(None, moments), default=None), row.vouches)


def believe(tx: Transaction, now: datetime) -> None:
    """The clock is right at this moment, whatever rows tell that are there already."""
    _write(tx, believed_at=now, newest_row=_newest_row(tx))


def vouch(tx: Transaction, now: datetime) -> None:
    believe(tx, now)
    tx.execute(pulse.update().values(vouches=pulse.c.vouches + 1))


def probe(tx: Transaction) -> None:
    """Write something; whether that is kept, the commit tells."""
    _write(tx, probes=pulse.c.probes + 1)


def _write(tx: Transaction, **values: object) -> None:
    begun = {"id": 1, "vouches": 0, "probes": 0}
    first = {**begun, **{name: value for name, value in values.items() if name not in begun}}
    tx.execute(insert(tx, pulse).values(**first).on_conflict_do_update(index_elements=["id"], set_=values))


def _newest_row(tx: Transaction) -> datetime | None:
    """By the order in which rows were added: a wrong moment is forgotten with the next right one."""
    lasts = [select(at).order_by(at.table.c.id.desc()).limit(1) for at in WRITTEN]
    return max((at for last in lasts if (at := tx.execute(last).scalar())), default=None)

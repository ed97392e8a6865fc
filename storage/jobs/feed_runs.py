"""How each run of a source went."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.database import Transaction
from storage.states import RunOutcome
from storage.tables import UtcDateTime, feed_runs


@dataclass(frozen=True)
class Run:
    """`reason` says in Korean why it was not good, or what a good one couldn't read, and never holds a key."""

    source: str
    started_at: datetime
    ended_at: datetime
    outcome: RunOutcome
    reason: str = ""
    new: int = 0
    updated: int = 0
    same: int = 0
    skipped: int = 0
    hidden: int = 0


_RUN = select(*(feed_runs.c[name] for name in Run.__dataclass_fields__)).order_by(feed_runs.c.id.desc())
_LATEST = _RUN.where(feed_runs.c.source == bindparam("of_source")).limit(bindparam("most"))
_FORGET = delete(feed_runs).where(feed_runs.c.started_at < bindparam("moment", type_=UtcDateTime))


def add(tx: Transaction, run: Run) -> None:
    tx.execute(feed_runs.insert(), asdict(run))


def latest(tx: Transaction, source: str, most: int) -> list[Run]:
    """The newest first."""
    return [Run(*row) for row in tx.execute(_LATEST, {"of_source": source, "most": most})]


def sources(tx: Transaction) -> Sequence[str]:
    return tx.execute(select(feed_runs.c.source).distinct().order_by(feed_runs.c.source)).scalars().all()


def forget_before(tx: Transaction, moment: datetime) -> None:
    tx.execute(_FORGET, {"moment": moment})

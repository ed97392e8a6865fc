"""What was spent on notices: always the sum of the rows of what left, in hundredths of a won."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from storage.database import Transaction
from storage.tables import dispatches

WON = 100  # hundredths
CEILING = "ways/ceiling"  # who asks whether there is money left holds this, where several processes send


@dataclass(frozen=True)
class Spent:
    """Of a day, a kind and a way: how many left that didn't fail, and their cost; text messages instead stand apart."""

    day: date
    kind: str
    way: str
    is_text: bool
    count: int
    cost: int


def since(tx: Transaction, moment: datetime) -> int:
    """What everything that left since then costs."""
    cost: int = tx.execute(
        select(func.coalesce(func.sum(dispatches.c.cost), 0)).where(dispatches.c.started_at >= moment)
    ).scalar_one()
    return int(cost)


def month_of(now: datetime, zone: ZoneInfo) -> datetime:
    """The beginning of the month in which a moment lies there."""
    return datetime.combine(now.astimezone(zone).date().replace(day=1), time(0), zone)


def by_day(tx: Transaction, begin: datetime, end: datetime, zone: ZoneInfo) -> list[Spent]:
    """Of all that left from `begin` on, before `end`; days as they are there."""
    these = (dispatches.c.started_at >= begin, dispatches.c.started_at < end)
    rows = tx.execute(
        select(
            dispatches.c.started_at, dispatches.c.kind, dispatches.c.way, dispatches.c.is_text, dispatches.c.cost
        ).where(*these, dispatches.c.outcome.is_(None) | (dispatches.c.outcome != "failed"))
    )
    sums: dict[tuple[date, str, str, bool], tuple[int, int]] = {}
    for at, kind, way, is_text, cost in rows:
        key = (at.astimezone(zone).date(), kind, way, bool(is_text))
        count, total = sums.get(key, (0, 0))
        sums[key] = (count + 1, total + cost)
    return [Spent(*key, *found) for key, found in sorted(sums.items())]

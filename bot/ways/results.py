"""What services tell of what left: each word counts once, whoever brings it and however often."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot import metrics
from storage.database import Database, Transaction
from storage.ways import dispatches
from storage.ways.dispatches import DispatchOutcome

PATIENCE = timedelta(days=1)  # after which nobody waits for a result any more


@dataclass(frozen=True)
class Result:
    """Of a dispatch, by its number; `reason` is as `reasons.write` writes it, `cost` where it isn't as expected."""

    dispatch: int
    outcome: DispatchOutcome
    reason: str | None = None
    cost: int | None = None
    is_text: bool = False


async def note(database: Database, now: Callable[[], datetime], found: Sequence[Result]) -> int:
    """Tell how many of these were news."""
    at = now()
    kinds = await database.write(partial(_settle, found=found, now=at)) if found else []
    for kind, outcome in kinds:
        metrics.NOTICES.labels(kind, outcome).inc()
    return len(kinds)


async def give_up(database: Database, now: Callable[[], datetime], way: str) -> int:
    """What no result came of for too long."""
    at = now()
    return await database.write(lambda tx: dispatches.give_up(tx, way, at - PATIENCE, at))


def _settle(tx: Transaction, found: Sequence[Result], now: datetime) -> list[tuple[str, str]]:
    kinds = {each.id: each.kind for each in dispatches.with_ids(tx, [each.dispatch for each in found])}
    return [
        (kinds[each.dispatch], each.outcome)
        for each in found
        if dispatches.settle(tx, each.dispatch, each.outcome, now, each.reason, each.cost, each.is_text)
    ]

"""Whom an act tells, by which channel, and who has to be called instead."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Reach, Step, Told
from storage.database import Transaction
from storage.people import reaching
from storage.people.reaching import ANYTHING, Carried


def reach(tx: Transaction, desk: Desk, resident_ids: Iterable[int], of: Carried = ANYTHING) -> Reach:
    """Everybody counts once, by the way that would be taken."""
    people = set(resident_ids)
    counts = reaching.count_reachable(tx, sorted(people), desk.ways, of)
    by_channel = {desk.organization.way_called(way): counts[way] for way in desk.ways if way in counts}
    return Reach(len(people), by_channel, len(people) - sum(counts.values()))


def with_reach(tx: Transaction, desk: Desk, told: Told, resident_ids: Iterable[int]) -> Told:
    """With whom it tells by itself, and once it is done, where those are listed who have to be called."""
    found = reach(tx, desk, resident_ids)
    listed = [Step("잠시 뒤 명단을 보려면", "outbox")] if found.unreachable and not desk.is_preview else []
    return replace(told, reach=found, steps=(*told.steps, *listed))

"""Whom an act tells, by which channel, and who has to be called instead."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.notices.kinds import KINDS
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Reach, Step, Told
from storage.database import Transaction
from storage.notices.outbox import NEWS
from storage.people import reaching
from storage.people.reaching import ANYTHING, Carried


def reach(tx: Transaction, desk: Desk, resident_ids: Iterable[int], of: Carried = ANYTHING) -> Reach:
    """Everybody counts once, by the way that would be taken."""
    people = set(resident_ids)
    counts = reaching.count_reachable(tx, sorted(people), desk.ways, of)
    organization = desk.organization
    by_channel = {organization.way_called(way): counts[way] for way in desk.ways if way in counts}
    prices = {way: organization.pushes.price(way) for way in desk.ways if way in counts}
    costs = {organization.way_called(way): counts[way] * price for way, price in prices.items() if price}
    return Reach(len(people), by_channel, len(people) - sum(counts.values()), costs=costs)


def carried(kind: str) -> Carried:
    """A kind of notice, as ways look at it; "" is of any."""
    return Carried(kind, is_news=kind in KINDS and KINDS[kind].rank == NEWS)


def with_reach(tx: Transaction, desk: Desk, told: Told, resident_ids: Iterable[int], kind: str = "") -> Told:
    """With whom it tells by itself, and once it is done, where those are listed who have to be called.

    Of what `kind` of notice, where it is one alone: some ways carry only some kinds.
    """
    found = reach(tx, desk, resident_ids, carried(kind))
    listed = [Step("잠시 뒤 명단을 보려면", "outbox")] if found.unreachable and not desk.is_preview else []
    return replace(told, reach=found, steps=(*told.steps, *listed))

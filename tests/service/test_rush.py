"""300 residents want the same 15 seats at the same moment."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Sequence
from statistics import quantiles

import pytest

from tests.service.registering import CONFIRMED, FULL, WAITING, Registering
from tests.service.town import Town

SEATS, PLACES = 15, 10
RESIDENTS = int(os.environ.get("BAEUMTOK_RESIDENTS", "300"))


async def crowd(town: Town, course: int, size: int) -> list[Registering]:
    """Residents who all register at once."""
    residents = [Registering(town.resident(), course, "홍길동", f"010-3000-{number:04}") for number in range(size)]
    await asyncio.gather(*(each.fills_in() for each in residents))
    return residents


async def test_the_seats_go_to_who_came_first_and_everybody_is_told(fresh_town: Town):
    town = fresh_town
    await town.service.start()
    course = await town.opens(capacity=SEATS, waitlist_capacity=PLACES)
    t0 = time.perf_counter()
    residents = await crowd(town, course, RESIDENTS)
    t1 = time.perf_counter()
    await asyncio.gather(*(each.submits() for each in residents))
    t2 = time.perf_counter()
    print("fill", t1 - t0, "submit", t2 - t1, len(town.api.ledger.entries))
    print(Counter(each.outcome for each in residents))
    secs = [e.answered_at - e.said_at for e in town.api.ledger.entries.values()]
    q = quantiles(secs, n=100)
    print("p50", q[49], "p99", q[98], max(secs))
    sub = [e.answered_at - e.said_at for e in list(town.api.ledger.entries.values())[-RESIDENTS:]]
    q = quantiles(sub, n=100)
    print("submit p50", q[49], "p99", q[98], max(sub))
    rows = await town.enrolled(course)
    order = [r.person.id for r in sorted(residents, key=lambda r: r.submitted)]
    print([int(r.address) for r in rows] == order[:25], town.api.unanswered())

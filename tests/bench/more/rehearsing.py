"""A rehearsal of a month of the demo: how long, and how many statements."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from bot import demo
from handlers.dialogue.organization import ChannelTraits
from handlers.staff.desk.desk import Desk
from handlers.staff.notices import rehearsal
from storage.database import Transaction
from tests.bench.measuring import ORGANIZATION, databases, timed
from tests.support.databases.statements import statements
from tests.support.domain import MONDAY

DAYS = 31


async def run(folder: Path) -> None:
    print(f"\nRehearsals: {DAYS} days of the demo's courses")
    async for name, database in databases(folder):
        await database.write(lambda tx: demo.fill(tx, MONDAY, ORGANIZATION))
        took = []
        for _ in range(2):
            with statements() as asked:
                took.append(await timed(partial(database.read, _rehearse)))
        print(f"{name:11} {took[0]:.2f} s, and once more {took[1]:.2f} s; {len(asked):,} statements each")


def _rehearse(tx: Transaction) -> None:
    first: date = MONDAY.date()
    desk = Desk(replace(ORGANIZATION, channels={"telegram": ChannelTraits(speaks_first=True)}), MONDAY)
    rehearsal.rehearse(tx, desk, first, first + timedelta(days=DAYS - 1), False)

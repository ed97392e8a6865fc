"""A town: residents on the Bot API double, the service between, and its database to look into."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import Row, select

from handlers.dialogue import texts
from storage.database import Database, Transaction
from storage.engine.opening import open_database
from storage.people import consents, residents
from storage.tables import addresses, enrollments, inbox
from tests.support.botapi import BotApi, Person
from tests.support.domain import SEAL, SEOUL, School
from tests.support.service.process import Mode, Service
from tests.support.service.registering import Registering
from tests.support.waiting import PATIENCE

ANSWERS = {"name": "홍길동", "birth_year": 1983, "dong": "청구동", "tie": "lives", "target": "none"}

_ids = count(700_001)
_ENROLLED = (
    select(enrollments, addresses.c.address)
    .join(addresses, addresses.c.resident_id == enrollments.c.resident_id)
    .where(addresses.c.channel == "telegram", enrollments.c.ended_at.is_(None))
    .order_by(enrollments.c.id)
)


class Town:
    def __init__(self, api: BotApi, service: Service, database: Database) -> None:
        self.api = api
        self.service = service
        self.database = database

    def resident(self, name: str = "김배움", language: str = "ko") -> Person:
        """Somebody who has never written before."""
        return self.api.person(next(_ids), name, language)

    async def opens(self, **differing: Any) -> int:
        """A course that takes applications at this very moment, and its id."""
        return await School(self.database).opens(**{**open_now(), **differing})

    async def knows(self, people: Sequence[Person]) -> None:
        """They have registered for something before: nothing is left to ask."""

        def remember(tx: Transaction) -> None:
            for person in people:
                now = datetime.now(SEOUL)
                resident = residents.welcome(tx, "telegram", str(person.id), "ko", now)
                residents.describe(tx, resident, **ANSWERS, mobile=f"+8210{person.id:08}")
                for purpose in ("abroad", "enrollment"):
                    version = texts.say("ko", f"consent.{purpose}.version")
                    consents.record(tx, resident.id, purpose, True, version, "", "telegram", now)

        await self.database.write(remember)

    async def enrolled(self, course_id: int) -> Sequence[Row[Any]]:
        """Live enrollments of a course with the Telegram chat of each, in the order of arrival."""
        return await self.database.read(
            lambda tx: tx.execute(_ENROLLED.where(enrollments.c.course_id == course_id)).all()
        )

    async def registers(self, person: Person, course_id: int) -> Registering:
        registering = Registering(person, course_id, "홍길동", f"010-7000-{person.id % 10_000:04}")
        await registering.registers()
        return registering

    def report(self, run: str) -> None:
        """Figures for who asks for them with `pytest -s`: how many messages were answered, and how soon."""
        answered = [entry for entry in self.api.ledger.entries.values() if entry.answered_at]
        cuts = quantiles((entry.answered_at - entry.said_at for entry in answered if entry.answered_at), n=100)
        took = max(entry.answered_at or 0.0 for entry in answered) - min(entry.said_at for entry in answered)
        print(
            f"\n{run}: {len(answered)} messages answered in {took:.1f} s ({len(answered) / took:.0f}/s), "
            f"p50 {cuts[49]:.2f} s, p99 {cuts[98]:.2f} s, answered more than once {len(self.api.answered_twice())}"
        )

    async def stored(self, patience: float = PATIENCE) -> None:
        """Returns when every update is taken."""
        async with asyncio.timeout(patience):
            while self.api.updates.pending:
                await asyncio.sleep(0.02)

    async def quiet(self, patience: float = PATIENCE) -> None:
        """Returns when every update is taken and everything owed has left."""
        async with asyncio.timeout(patience):
            while self.api.updates.pending or await self.unsettled():
                await asyncio.sleep(0.02)

    async def unsettled(self) -> list[str]:
        """Keys of the messages that the service still owes something."""
        query = select(inbox.c.key).where(inbox.c.settled_at.is_(None))
        return await self.database.read(lambda tx: list(tx.execute(query).scalars()))


def open_now() -> dict[str, Any]:
    now = datetime.now(SEOUL)
    first = now.date() + timedelta(days=15)
    return {
        "apply_start": now - timedelta(days=3),
        "apply_end": now + timedelta(days=7),
        "start_date": first,
        "end_date": first + timedelta(days=21),
        "weekdays": (first.weekday(),),
    }


@asynccontextmanager
async def inhabited(folder: Path, database_url: str, mode: Mode = "polling") -> AsyncIterator[Town]:
    """A town whose service has not been started yet; whatever runs at the end is killed."""
    database = await open_database(database_url, SEAL)
    async with BotApi() as api:
        service = Service(folder, database_url, api, mode)
        try:
            yield Town(api, service, database)
        finally:
            if service.is_running:
                await service.kill()
            await database.close()

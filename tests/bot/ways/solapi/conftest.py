"""Residents who agreed to be told at their numbers, the courier, and the dealer's double."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

import handlers.clock  # noqa: F401
from bot.messages.courier import Courier
from bot.sections import AlimTalk
from bot.settings import Settings
from bot.ticks.duties import Duties
from bot.ways.solapi import client
from bot.ways.solapi.service import Solapi
from handlers.notices import templates as texts
from storage.database import Transaction
from storage.people import consents, residents
from storage.tables import dispatches, outbox
from tests.support.clock.crowd import attend
from tests.support.domain import SEOUL, School
from tests.support.solapi import CHANNEL, HOOK, KEY, SECRET, Dealer

EVENING = datetime(2026, 12, 14, 18, tzinfo=SEOUL)

NAME = texts.NAMED["day_before"]


@dataclass
class Mailing:
    """Residents with numbers who are owed a reminder; `telling` is the service that a webhook would reach."""

    school: School
    dealer: Dealer
    settings: Settings
    service: Solapi = field(init=False)
    courier: Courier = field(init=False)
    course: int = 0

    def __post_init__(self) -> None:
        self.restarts()

    def restarts(self, **differing: Any) -> None:
        """The service anew, with nothing but what the database knows."""
        section = self.settings.alimtalk
        assert section
        self.settings = self.settings.model_copy(update={"alimtalk": section.model_copy(update=differing)})
        assert self.settings.alimtalk
        self.service = Solapi(self.settings.alimtalk, self.school.database, lambda: self.school.now)
        organization = self.settings.to_organization()
        ways = {"alimtalk": self.service.way}
        self.courier = Courier(self.school.database, organization, lambda: self.school.now, ways)

    async def owes(self, people: int) -> None:
        self.dealer.account.offers(NAME, texts.TEXTS["day_before"].text)
        self.school.now = EVENING - timedelta(days=30)
        self.course = await self.school.opens()
        await self.school.database.write(lambda tx: attend(tx, self.course, people, self.school.now, "web"))
        await self.school.database.write(lambda tx: self._agree(tx, people))
        self.school.now = EVENING
        await self.service.start()
        await self.service.tend()
        duties = Duties(self.school.database, self.settings.to_organization(), lambda: self.school.now)
        duties._planned_until = EVENING
        await duties.plan_notices()

    async def owes_another(self) -> None:
        """One notice more to the first resident."""
        planned = ("key", "kind", "rank", "resident_id", "about", "due_at", "expires_at")
        these = [outbox.c[name] for name in planned]
        row = (await self.school.rows(select(*these).where(outbox.c.resident_id == 1)))[0]._mapping
        another = {**row, "key": f"{row['key']}/another", "due_at": self.school.now}
        await self.school.database.write(lambda tx: tx.execute(outbox.insert(), another))

    def number(self, person: int) -> str:
        return f"0100000{person:04}"

    async def delivers(self, **time: float) -> None:
        self.school.waits(**time)
        await self.courier.deliver_due()

    async def tends(self, **time: float) -> None:
        self.school.waits(**time)
        await self.service.tend()

    async def notices(self) -> list[tuple[str | None, str | None]]:
        rows = await self.school.rows(select(outbox).order_by(outbox.c.resident_id))
        return [(row.outcome, row.reason) for row in rows]

    async def outcomes(self) -> list[tuple[str | None, str | None, int]]:
        """Of each dispatch: what became of it, why, and what it cost in won."""
        rows = await self.school.rows(select(dispatches).order_by(dispatches.c.id))
        return [(row.outcome, row.reason, row.cost // 100) for row in rows]

    async def changes(self, **values: Any) -> None:
        await self.school.database.write(lambda tx: tx.execute(update(dispatches).values(values)))

    def _agree(self, tx: Transaction, people: int) -> None:
        for person in range(1, people + 1):
            known = residents.by_id(tx, person)
            residents.describe(tx, known, mobile=f"+82{self.number(person)[1:]}")
            consents.record(tx, person, consents.ALIMTALK, True, "1", "hash", "web", self.school.now)


@pytest.fixture
async def dealer(school: School) -> AsyncIterator[Dealer]:
    started = await Dealer(lambda: school.now).start()
    yield started
    await started.stop()


@pytest.fixture
async def mailing(school: School, dealer: Dealer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Mailing]:
    monkeypatch.setattr(client, "PATIENCE", 5.0)
    section = AlimTalk(
        api_key=SecretStr(KEY),
        api_secret=SecretStr(SECRET),
        channel=CHANNEL,
        webhook_secret=SecretStr(HOOK),
        api_url=dealer.url,
    )
    made = Mailing(school, dealer, Settings(alimtalk=section))
    yield made
    await made.service.stop()

"""A term that passes by in seconds: the real service over the Bot API double, with a clock that the test turns."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import handlers.clock  # noqa: F401
from bot.channels.telegram.service import TelegramService
from bot.messages.answering import Answering
from bot.messages.courier import Courier
from bot.messages.delivery import Way
from bot.messages.pace import Pace
from bot.sections import Telegram
from bot.settings import Settings
from bot.ticks.duties import Duties
from bot.ticks.heartbeats import Heartbeats
from handlers.dialogue import texts
from storage.database import Transaction
from storage.people import consents, residents
from tests.support.botapi import TOKEN, BotApi, Person
from tests.support.clock.scenes import at
from tests.support.domain import SEOUL, School

STEP, AT_NIGHT = timedelta(minutes=30), timedelta(hours=2)
DAY = range(7, 22)  # hours


@dataclass(frozen=True)
class Push:
    """A message that nobody asked for, as Telegram showed it."""

    at: datetime
    name: str
    text: str

    @property
    def line(self) -> str:
        """As a timetable has it: when, who, and the line that says what it is about."""
        return f"{self.at.astimezone(SEOUL):%m-%d %H:%M} {self.name} {self.text.splitlines()[0]}"


class Term:
    def __init__(self, school: School, api: BotApi, service: TelegramService, settings: Settings) -> None:
        self.school = school
        self.api = api
        self.pushes: list[Push] = []
        self._people: list[Person] = []
        self.organization = settings.to_organization()
        self._ways = {"telegram": Way(service.way.pusher, Pace(10_000, second=0.0))}
        self.restarts()

    def restarts(self) -> None:
        """As another process that has seen nothing of what was done until now."""
        now = (self.school.database, self.organization, lambda: self.school.now)
        self._duties = Duties(*now)
        self._courier = Courier(*now, self._ways)

    async def knows(self, *names: str) -> list[Person]:
        """Residents whose data the office has from an earlier course."""
        for name in names:
            person = self.api.person(800_001 + len(self._people), name)
            await person.asks("/start")
            await self.school.database.write(lambda tx, person=person: self._remember(tx, person))
            self._people.append(person)
        return self._people[-len(names) :]

    async def until(self, moment: str) -> None:
        """Let the time pass up to "11-25 09:00" by half hours, fewer at night, and do at each what the clock does."""
        end = at(moment)
        while self.school.now < end:
            self.school.now = min(after(self.school.now), end)
            await self.ticks()

    async def accepts(self, person: Person) -> str:
        return (await person.taps("참여하기")).text

    async def ticks(self) -> None:
        shown = {person.id: len(person.chat.shown) for person in self._people}
        await self._duties.give_seats()
        await self._duties.tend_surveys()
        await self._duties.ask_completers()
        await self._duties.plan_notices()
        while await self._courier.deliver_due():
            pass
        for person in self._people:
            self.pushes += [
                Push(self.school.now, person.name, message.text) for message in person.chat.shown[shown[person.id] :]
            ]

    def _remember(self, tx: Transaction, person: Person) -> None:
        resident = residents.welcome(tx, "telegram", str(person.id), "ko", self.school.now)
        known = {"birth_year": 1983, "dong": "청구동", "tie": "lives", "target": "none"}
        residents.describe(tx, resident, name=person.name, mobile=f"+82107{person.id:07}", **known)
        for purpose in ("abroad", "enrollment"):
            version = texts.say("ko", f"consent.{purpose}.version")
            consents.record(tx, resident.id, purpose, True, version, "", "telegram", self.school.now)


def after(now: datetime) -> datetime:
    """When the clock ticks next."""
    step = STEP if now.astimezone(SEOUL).hour in DAY else AT_NIGHT
    return now - timedelta(seconds=now.timestamp() % STEP.total_seconds()) + step


def lines(timetable: str) -> Sequence[str]:
    return [line.strip() for line in timetable.strip().splitlines() if line.strip()]


@asynccontextmanager
async def term(school: School, settings: Settings, begins: str) -> AsyncIterator[Term]:
    school.now = at(begins)
    async with BotApi() as api:
        answering = Answering(school.database, settings.to_organization(), lambda: school.now)
        service = TelegramService(Telegram(token=TOKEN, api_url=api.url), answering, Heartbeats())
        await service.start()
        try:
            yield Term(school, api, service, settings)
        finally:
            await service.stop(5)

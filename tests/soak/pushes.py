"""Notices that are owed all the time, on Telegram, in KakaoTalk and at numbers that cost money."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from storage.database import Transaction
from storage.people import consents, residents
from storage.seating import enrollments
from storage.tables import dispatches, notice_templates, outbox
from storage.teaching import courses
from tests.soak.city import KIND, City
from tests.support.domain import COURSE, SEOUL, add_course
from tests.support.service.town import open_now
from tests.support.solapi import HOOK, Message

PRICES = {"kakao": 1650, "alimtalk": 1300}
FIRST = 8_000_001  # chats of those who are told, and never say a word


@dataclass
class Pushes:
    """`told` has each person who is owed something: their resident's id, with chat, user and number."""

    city: City
    told: "dict[int, tuple[str, int]]" = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(FIRST))

    async def keep_coming(self, people: int, every: float) -> None:
        while not await self.city.asks(lambda tx: tx.execute(select(notice_templates)).all()):
            await asyncio.sleep(0.2)
        while not self.city.is_over:
            await self.city.flows.wait()
            await self.are_owed(people)
            await asyncio.sleep(every)

    async def are_owed(self, people: int, by_number: bool = False) -> None:
        """A course is closed in which so many have a seat.

        One of ten can't be told by their way, if it is a chat; `by_number`: nobody of KakaoTalk can.
        """
        course = await self.city.does(lambda tx: _opened(tx, people))
        numbers = [next(self._numbers) for _ in range(people)]
        ids = await self.city.does(lambda tx: [self._seated(tx, course, each) for each in numbers])
        self.told.update(zip(ids, ((_channel(each), each) for each in numbers), strict=True))
        for number in numbers:
            self._lives(number, by_number)
        await self.city.does(lambda tx: courses.cancel(tx, course, "강사 사정"))
        self.city.counts["pushes owed"] += people

    def _lives(self, number: int, by_number: bool) -> None:
        if _channel(number) == "telegram":
            chat = self.city.api.person(number).chat
            chat.known, chat.blocked = True, number % 20 == 0
        elif by_number or number % 20 == 1:
            self.city.event.broken[str(number)] = "blocked"

    def _seated(self, tx: Transaction, course: int, number: int) -> int:
        channel, now = _channel(number), datetime.now(SEOUL)
        resident = residents.welcome(tx, channel, str(number), "ko", now)
        residents.describe(tx, resident, name="홍길동", mobile=_mobile(number))
        if channel == "kakao":
            consents.record(tx, resident.id, consents.ALIMTALK, True, "1", "", "kakao", now)
        enrollments.add(tx, course, resident.id, "confirmed", channel, now)
        return resident.id

    def arrived(self, resident: int) -> Counter[str]:
        """How often they were told, by way."""
        channel, number = self.told[resident]
        if channel == "telegram":
            return Counter(telegram=len(self.city.api.person(number).chat.shown))
        known = _mobile(number).replace("+82", "0")
        at_number = sum(each.to == known for each in self.city.dealer.account.arrived)
        return Counter(kakao=len(self.city.event.got.get(str(number), [])), alimtalk=at_number)

    async def are_reported(self) -> None:
        """The dealer tells what became of its messages: some late, some twice, and a forger tells it first."""
        late: list[Message] = []
        while True:
            await asyncio.sleep(0.5)
            late += self.city.dealer.account.advance()
            url = f"{self.city.any_service().url}/alimtalk/results"
            if late and self.city.dice_reports.random() > 0.2:
                moved, late = late, []
                with suppress(OSError):
                    if 200 in await self.city.dealer.reports(url, "a-forger's-secret-1", moved):
                        self.city.faults.append("a forged report was taken")
                    for _ in range(1 + (self.city.dice_reports.random() > 0.8)):
                        await self.city.dealer.reports(url, HOOK, moved)

    async def settle(self, patience: float) -> None:
        """Returns when nothing is owed to them any more, or patience ends."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while any(row.outcome is None for row in await self.rows()):
                    await asyncio.sleep(0.5)

    async def rows(self) -> list[Any]:
        """Of what is owed to them: to others more is, some of it in weeks."""
        found = await self.city.asks(lambda tx: list(tx.execute(select(outbox).where(outbox.c.kind == KIND))))
        return [row for row in found if row.resident_id in self.told]

    async def costs(self) -> list[Any]:
        return await self.city.asks(lambda tx: list(tx.execute(select(dispatches))))


def _channel(number: int) -> str:
    return "telegram" if number % 2 == 0 else "kakao"


def _mobile(number: int) -> str:
    return f"+8210{number:08}"


def _opened(tx: Transaction, people: int) -> int:
    return add_course(tx, {**COURSE, **open_now(), "code": f"P{next(_codes)}", "capacity": people})


_codes = count(1)

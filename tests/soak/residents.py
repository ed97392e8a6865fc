"""Residents who keep coming on every channel, register, answer a survey and ask: each is told something in the end."""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import httpx

from tests.soak.city import PATIENCE, City
from tests.support.kakao.talker import Talker
from tests.support.kakao.wire import Patient, Wire
from tests.support.service.kept import APPLICANTS, PLACES, SEATS
from tests.support.service.registering import FULL, OUTCOMES, Registering
from tests.support.surveys.poll import NEEDS
from tests.support.web.visitors import WebVisitor

WRITTEN = {"dong": "청구동", "name": "홍길동", "birth_year": "1983"}
THANKS = "고맙습니다. 잘 받았어요"
TALKS = 60  # messages of somebody who only asks, before the next one does


@dataclass
class Courses:
    """One after the other, each for so many applicants of a channel; `told` is how many heard what."""

    city: City
    numbers: int = 0
    opened: list[int] = field(default_factory=list)
    told: "dict[int, list[Any]]" = field(default_factory=lambda: defaultdict(list))
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def next(self) -> tuple[int, int]:
        """The number of an applicant, and their course."""
        async with self._lock:
            number, self.numbers = self.numbers, self.numbers + 1
            if number // APPLICANTS == len(self.opened):
                self.opened.append(await self.city.town.opens(capacity=SEATS, waitlist_capacity=PLACES))
            return number, self.opened[-1]


class Steady(WebVisitor):
    """Sends again what got no answer, as it was, until it has one."""

    def __init__(self, city: City, url: str, number: int, path: str = "web") -> None:
        super().__init__(url, f"127.{20 + number // 40_000}.{1 + number // 200 % 200}.{1 + number % 200}")
        self.city, self.path = city, path

    async def opens(self, path: str = "/") -> "Steady":
        await self._until_answered("GET", path, {})
        return self

    async def goes_to(self, path: str) -> str:
        return await self._sends(self._hidden("composer"), path=path)

    async def _sends(self, fields: dict[str, str], **more: str) -> str:
        self.city.counts[f"{self.path} messages"] += 1
        await self._until_answered("POST", "/say", {**fields, **more})
        return self.turns[-1].reply if self.turns else self.page.one("main").label

    async def _until_answered(self, method: str, path: str, data: dict[str, str]) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            wait = 0.5
            with self.city.busy(self.path):
                try:
                    answer = await self.http.request(method, path, data=data or None)
                    if answer.status_code < 400:
                        return self._shows(answer)
                    wait = min(30.0, float(answer.headers.get("retry-after", 0.5)))
                except httpx.TransportError:
                    pass
            if time.monotonic() > until:
                raise AssertionError(f"no answer to {method} {path}")
            await asyncio.sleep(wait)


class Residents:
    """Streams of them; what they were told stands in `telegram`, `web` and `kakao`."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.telegram, self.web, self.kakao = (Courses(city) for _ in range(3))
        self.registrations: list[tuple[int, Registering]] = []
        self.answered: list[int] = []  # numbers of those who were thanked for their answers
        self.took: list[tuple[float, float]] = []  # when somebody only asked, and how long they waited

    async def on_telegram(self) -> None:
        while not self.city.is_over:
            await self.city.flows.wait()
            number, course = await self.telegram.next()
            person = self.city.town.resident()
            registering = Registering(person, course, "홍길동", f"010-2000-{number % 10_000:04}", PATIENCE)
            self.registrations.append((course, registering))
            with self.city.busy("telegram"):
                await registering.registers()

    async def asking(self) -> None:
        """For whom nothing changes: only how long an answer takes."""
        person, said = self.city.town.resident(), 0
        while not self.city.is_over:
            await self.city.flows.wait()
            with self.city.busy("asking"):
                began = time.time()
                await person.asks("/help", PATIENCE)
                self.took.append((began, time.time() - began))
            await asyncio.sleep(0.3)
            if (said := said + 1) % TALKS == 0:
                person = self.city.town.resident()

    async def on_web(self) -> None:
        while not self.city.is_over:
            await self.city.flows.wait()
            number, course = await self.web.next()
            visitor = Steady(self.city, self.city.any_service().url, number)
            self.web.told[course].append(await self._registers(visitor, number, course))
            await visitor.leaves()

    async def _registers(self, visitor: Steady, number: int, course: int) -> str:
        await visitor.opens(f"/?start=c{course}")
        if FULL in visitor.page.text or not _has(visitor, "신청"):
            return FULL
        for label in ("신청", "동의하고 계속"):
            if FULL in await visitor.presses(label):
                return FULL
        for answer in {**WRITTEN, "mobile": f"010-4000-{number % 10_000:04}"}.values():
            await asyncio.sleep(1.1)  # who types faster than that is doubted
            if FULL in await visitor.says(answer):
                return FULL
        told = await visitor.presses("이대로 신청하기")
        return next(outcome for outcome in OUTCOMES if outcome in told)

    async def on_survey(self, round_id: int) -> None:
        while not self.city.is_over:
            await self.city.flows.wait()
            number = 30_000 + len(self.answered)
            visitor = Steady(self.city, self.city.any_service().url, number, "survey")
            self.answered.append(number)
            await visitor.opens("/")
            await visitor.goes_to(f"forms/survey/{round_id}")
            for answer in NEEDS.values():
                await visitor.says(answer)
                await asyncio.sleep(0.5)
            assert THANKS in await visitor.presses("보내기"), visitor.turns[-1].reply
            self.city.counts["surveys answered"] += 1
            await visitor.leaves()

    async def on_kakao(self) -> None:
        while not self.city.is_over:
            await self.city.flows.wait()
            await self.city.gets_well(is_told=False)
            number, course = await self.kakao.next()
            url = self.city.any_service().url
            async with aiohttp.ClientSession(url, timeout=aiohttp.ClientTimeout(20)) as session:
                talker = Patient(Wire(session), f"k{number}")
                with self.city.busy("kakao"):
                    self.kakao.told[course].append((talker.user, await self._talks(talker, number, course)))

    async def _talks(self, talker: Talker, number: int, course: int) -> str:
        """What they were told; "" of whoever gave up, as KakaoTalk asks once and never again."""
        try:
            await talker.says("신청", {"path": f"forms/enroll/{course}"})
            if FULL in talker.words:
                return FULL
            told = await talker.registers(course, f"010-6000-{number % 10_000:04}")
            return next((outcome for outcome in OUTCOMES if outcome in told), "")
        except (aiohttp.ClientError, AssertionError, TimeoutError, OSError):
            self.city.counts["KakaoTalk talks given up"] += 1
            await asyncio.sleep(1)
            return ""


def _has(visitor: Steady, label: str) -> bool:
    forms = visitor.page.all("form", id="talk")
    return any(label in button.label for form in forms for button in form.all("button"))

"""Three processes on one PostgreSQL behind one address: each is stopped and started anew while residents write."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import func, select

from storage.tables import enrollments, outbox
from storage.teaching import courses
from tests.support.clock.crowd import FIRST, attend
from tests.support.databases.kinds import postgres_copy
from tests.support.domain import PERSON, SEOUL
from tests.support.service import pushing
from tests.support.service.process import Mode, free_port
from tests.support.service.registering import Registering
from tests.support.service.several import Several, several_processes
from tests.support.waiting import until
from tests.support.web import html
from tests.support.web.visitors import Stream, WebVisitor

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROLLS = int(os.environ.get("BAEUMTOK_ROLLS", "1"))  # how often each process is started anew
WRITERS = 4  # residents at once, in each of both channels
ATTENDING = 30  # residents who are told that their course is cancelled


SET = {
    "BAEUMTOK_WEB__TRUSTED_PROXIES": '["127.0.0.1"]',
    **pushing.AWAKE,
    "BAEUMTOK_RETENTION__AT": "00:00:00",
}


@asynccontextmanager
async def behind_one_address(postgres: Path, folder: Path, mode: Mode) -> AsyncIterator[Several]:
    port = free_port()
    url = await postgres_copy(postgres)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**SET, "BAEUMTOK_WEB__PUBLIC_URL": f"http://127.0.0.1:{port}"}.items():
            patch.setenv(name, value)
        async with several_processes(folder, url, port, mode) as alliance:
            yield alliance


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alliance(postgres_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Several]:
    """What is said to them comes by the webhook and by the web chat."""
    async with behind_one_address(postgres_folder, tmp_path_factory.mktemp("several"), "webhook") as alliance:
        for service in alliance.services:
            await service.start()
        yield alliance


class Careful(WebVisitor):
    """Registers for a course, and keeps what they said and how they were answered."""

    def __init__(self, url: str, mobile: str) -> None:
        super().__init__(url)
        self._answers = {**PERSON, "mobile": mobile}
        self.sent = [""]  # the link that they came by
        self.statuses: list[int] = []
        self.http.event_hooks = {"response": [self._counts]}

    async def registers(self, course: int) -> None:
        await self.opens(f"/?start=c{course}")
        for label in ("신청하기", "동의하고 계속"):
            await self._presses(label)
        for answer in self._answers.values():
            self.sent.append(answer)
            await self.says(answer)
        await self._presses("이대로 신청하기")

    async def _presses(self, label: str) -> None:
        self.sent.append(label)
        await self.presses(label)

    async def _counts(self, answer: httpx.Response) -> None:
        self.statuses.append(answer.status_code)


class Writers:
    """Residents who keep registering, each once, in Telegram and in the web chat."""

    def __init__(self, alliance: Several, course: int) -> None:
        self.told: list[Registering] = []
        self.visitors: list[Careful] = []
        self._several = alliance
        self._course = course
        self._numbers = count(1)
        self._is_over = False

    async def __aenter__(self) -> "Writers":
        self._writing = [asyncio.create_task(self._stream(each)) for each in (self._tells, self._visits) * WRITERS]
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._is_over = True
        await asyncio.gather(*self._writing)
        await self._several.quiet()

    async def _stream(self, one: Callable[[str], Awaitable[None]]) -> None:
        while not self._is_over:
            await one(f"010-2000-{next(self._numbers):04}")

    async def _tells(self, mobile: str) -> None:
        registering = Registering(self._several.resident(), self._course, "홍길동", mobile)
        self.told.append(registering)
        await registering.registers()

    async def _visits(self, mobile: str) -> None:
        visitor = Careful(self._several.url, mobile)
        self.visitors.append(visitor)
        await visitor.registers(self._course)
        await visitor.leaves()


class TwoTabs(WebVisitor):
    """One speaks, the other is only open and hears it, whichever process each of them is at; cut off, it comes back."""

    async def __aenter__(self) -> "TwoTabs":
        await self.opens()
        self.spoken: list[str] = []
        self.heard: dict[int, str] = {}
        self._speaking = True
        self._both = [asyncio.create_task(each) for each in (self._listens(), self._speaks())]
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._speaking = False
        await self._both[1]
        await until(lambda: len(self.heard) >= len(self.spoken))
        self._both[0].cancel()
        await asyncio.wait(self._both)
        await self.leaves()

    async def _speaks(self) -> None:
        while self._speaking:
            self.spoken.append(f"{len(self.spoken) + 1}번째 말")
            await self.says(self.spoken[-1])
            await asyncio.sleep(2)  # no more than one person may

    async def _listens(self) -> None:
        while True:
            with suppress(httpx.HTTPError, EOFError):
                async with self.listening(after=max(self.heard, default=0)) as stream:
                    await self._hears(stream)
            await asyncio.sleep(0.2)

    async def _hears(self, stream: Stream) -> None:
        while True:
            told = await stream.event()
            assert told["id"] not in self.heard
            if said := html.turns(html.parse(told["html"]))[0].said:  # the greeting answers nothing
                self.heard[told["id"]] = said


async def test_each_is_started_anew_while_residents_write_and_nothing_is_lost_or_done_twice(alliance: Several):
    course = await alliance.opens(capacity=100_000)
    cancelled = await crowded(alliance)
    async with Writers(alliance, course) as writers, TwoTabs(alliance.url) as tabs:
        await alliance.database.write(lambda tx: courses.cancel(tx, cancelled, "강사 사정"))
        for service in alliance.services * ROLLS:
            assert await service.stop() == 0
            await service.start()
    assert Counter(status for each in writers.visitors for status in each.statuses if status >= 400) == {}
    assert [each.said for each in writers.visitors] == [each.sent for each in writers.visitors]
    assert [*tabs.heard.values()] == tabs.spoken
    assert alliance.api.webhook
    assert (alliance.api.webhook.last_error, alliance.api.unanswered(), alliance.api.answered_twice()) == ("", [], [])
    seats = Counter(await seated(alliance, course))
    assert (len(seats), {*seats.values()}) == (len(writers.told) + len(writers.visitors), {1})
    assert [line for line in alliance.logs.splitlines() if "level=ERROR" in line] == []
    await until(lambda: all_told(alliance))
    assert {len(alliance.api.person(FIRST + number).chat.shown) for number in range(ATTENDING)} == {1}


async def test_what_is_done_once_a_night_is_done_by_one_of_them(alliance: Several):
    await until(lambda: "forgot what was over" in alliance.logs)
    assert alliance.logs.count("forgot what was over") == 1


async def crowded(alliance: Several) -> int:
    """A course in which so many have a seat, all of whom Telegram knows."""
    course = await alliance.opens(capacity=ATTENDING)
    await alliance.database.write(lambda tx: attend(tx, course, ATTENDING, datetime.now(SEOUL)))
    await alliance.database.write(lambda tx: tx.exec_driver_sql(f"SELECT setval('residents_id_seq', {ATTENDING})"))
    for number in range(ATTENDING):
        alliance.api.person(FIRST + number).chat.known = True
    return course


async def seated(alliance: Several, course: int) -> Sequence[int]:
    query = select(enrollments.c.resident_id).where(enrollments.c.course_id == course)
    return await alliance.database.read(lambda tx: tx.execute(query).scalars().all())


async def all_told(alliance: Several) -> bool:
    query = select(outbox.c.outcome, func.count()).group_by(outbox.c.outcome)
    return dict(await alliance.database.read(lambda tx: list(map(tuple, tx.execute(query))))) == {"sent": ATTENDING}


async def test_one_of_them_polls_and_when_it_is_killed_another_does(postgres_folder: Path, tmp_path: Path):
    async with behind_one_address(postgres_folder, tmp_path, "polling") as pollers:
        first, second, _ = pollers.services
        for service in (first, second):  # whoever is there first asks
            await service.start()
        assert "안녕하세요" in (await pollers.resident().asks("/start")).text
        await first.kill()
        assert "안녕하세요" in (await pollers.resident().asks("/start")).text
        assert pollers.api.answered_twice() == []
        logs = f"{first.logs}{second.logs}"
    assert [line for line in logs.splitlines() if "polling failed" in line or "standing back" in line] == []

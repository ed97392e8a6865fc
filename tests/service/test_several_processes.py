"""Three processes on one PostgreSQL behind one address: each is stopped and started anew while residents write."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from storage import courses
from storage.tables import enrollments, outbox
from tests.support.clock.crowd import FIRST, attend
from tests.support.domain import PERSON, SEOUL
from tests.support.service.process import free_port
from tests.support.service.registering import Registering
from tests.support.service.several import Several, several_processes
from tests.support.waiting import until
from tests.support.web.visitors import WebVisitor

ROLLS = int(os.environ.get("BAEUMTOK_ROLLS", "1"))  # how often each process is started anew
WRITERS = 4  # residents at once, in each of both channels
ATTENDING = 30  # residents who are told that their course is cancelled


@pytest.fixture(params=["webhook"])
async def several(
    request: pytest.FixtureRequest, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Several]:
    port = free_port()
    monkeypatch.setenv("BAEUMTOK_WEB__PUBLIC_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("BAEUMTOK_WEB__TRUSTED_PROXIES", '["127.0.0.1"]')
    monkeypatch.setenv("BAEUMTOK_NOTICES__QUIET_FROM", "23:59:59")
    monkeypatch.setenv("BAEUMTOK_NOTICES__QUIET_UNTIL", "00:00:00")
    monkeypatch.setenv("BAEUMTOK_RETENTION__AT", "00:00:00")
    async with several_processes(tmp_path, postgres_url, port, request.param) as several:
        yield several


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

    def __init__(self, several: Several, course: int) -> None:
        self.told: list[Registering] = []
        self.visitors: list[Careful] = []
        self._row = several
        self._course = course
        self._numbers = count(1)
        self._is_over = False

    async def __aenter__(self) -> "Writers":
        self._writing = [asyncio.create_task(self._stream(each)) for each in (self._tells, self._visits) * WRITERS]
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._is_over = True
        await asyncio.gather(*self._writing)
        await self._row.quiet()

    async def _stream(self, one: Callable[[str], Awaitable[None]]) -> None:
        while not self._is_over:
            await one(f"010-2000-{next(self._numbers):04}")

    async def _tells(self, mobile: str) -> None:
        registering = Registering(self._row.resident(), self._course, "홍길동", mobile)
        self.told.append(registering)
        await registering.registers()

    async def _visits(self, mobile: str) -> None:
        visitor = Careful(self._row.url, mobile)
        self.visitors.append(visitor)
        await visitor.registers(self._course)
        await visitor.leaves()


async def test_each_is_started_anew_while_residents_write_and_nothing_is_lost_or_done_twice(several: Several):
    await several.starts()
    course = await several.opens(capacity=100_000)
    cancelled = await crowded(several)
    async with Writers(several, course) as writers:
        await several.database.write(lambda tx: courses.cancel(tx, cancelled, "강사 사정"))
        assert [code for _ in range(ROLLS) for code in await several.rolls()] == [0] * len(several.services) * ROLLS
    assert Counter(status for each in writers.visitors for status in each.statuses if status >= 400) == {}
    assert [each.said for each in writers.visitors] == [each.sent for each in writers.visitors]
    assert several.api.webhook
    assert (several.api.webhook.last_error, several.api.unanswered(), several.api.answered_twice()) == ("", [], [])
    seats = Counter(await seated(several, course))
    assert (len(seats), {*seats.values()}) == (len(writers.told) + len(writers.visitors), {1})
    assert [line for line in several.logs.splitlines() if "level=ERROR" in line] == []
    await until(lambda: all_told(several))
    assert {len(several.api.person(FIRST + number).chat.shown) for number in range(ATTENDING)} == {1}


async def crowded(several: Several) -> int:
    """A course in which so many have a seat, all of whom Telegram knows."""
    course = await several.opens(capacity=ATTENDING)
    await several.database.write(lambda tx: attend(tx, course, ATTENDING, datetime.now(SEOUL)))
    await several.database.write(lambda tx: tx.exec_driver_sql(f"SELECT setval('residents_id_seq', {ATTENDING})"))
    for number in range(ATTENDING):
        several.api.person(FIRST + number).chat.known = True
    return course


async def seated(several: Several, course: int) -> Sequence[int]:
    query = select(enrollments.c.resident_id).where(enrollments.c.course_id == course)
    return await several.database.read(lambda tx: tx.execute(query).scalars().all())


async def all_told(several: Several) -> bool:
    query = select(outbox.c.outcome, func.count()).group_by(outbox.c.outcome)
    return dict(await several.database.read(lambda tx: list(map(tuple, tx.execute(query))))) == {"sent": ATTENDING}


async def test_a_page_goes_on_at_another_process_where_it_stood(several: Several):
    await several.starts()
    visitor = await WebVisitor(several.url).opens()
    last = await visitor.tells("도움말")
    async with visitor.listening(after=last["id"]) as stream:
        for service in several.services:  # whichever the page listens to: what another one answered comes there too
            visitor.http.base_url = httpx.URL(service.url)
            last = await visitor.tells("강좌")
        assert [(await stream.hears()).said for _ in several.services] == ["강좌"] * len(several.services)
        visitor.http.base_url = httpx.URL(several.url)
        await several.rolls()
        assert await stream.ends()
    await visitor.tells("문의")
    async with visitor.listening(Last_Event_ID=str(last["id"])) as stream:
        assert (await stream.hears()).said == "문의"
    await visitor.leaves()


async def test_what_is_done_once_a_night_is_done_by_one_of_them(several: Several):
    await several.starts()
    await until(lambda: "forgot what was over" in several.logs)
    await asyncio.gather(*(service.stop() for service in several.services))
    assert several.logs.count("forgot what was over") == 1


@pytest.mark.parametrize("several", ["polling"], indirect=True)
async def test_one_of_them_polls_and_when_it_is_killed_another_does(several: Several):
    await several.starts()
    for service in [
        *several.services,
        several.services[0],
    ]:  # the one that polls is among any two that follow each other
        assert "안녕하세요" in (await several.resident().asks("/start")).text
        await service.kill()
        assert "안녕하세요" in (await several.resident().asks("/start")).text
        await service.start()
    assert [line for line in several.logs.splitlines() if "polling failed" in line or "standing back" in line] == []
    assert several.api.answered_twice() == []

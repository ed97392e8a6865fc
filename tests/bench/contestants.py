"""Who is measured: our service with views and with acts, and the bare echo bot in two ways."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from storage import schema
from storage.opening import open_database
from tests.bench.double import Double, Message, double
from tests.support.domain import SEAL, School
from tests.support.service.process import ROOT, Service
from tests.support.service.town import open_now

COURSES = 40
JOURNEY = (
    "/start c{course}",
    *("신청하기", "텔레그램으로 계속", "동의하고 계속", "청구동", "홍길동"),
    *("1983", "010-{who:04}-0000", "이대로 신청하기"),
)

_people = count(1001)


@dataclass
class Contestant:
    """`talk(chats, each)`: what so many new chats say, so many messages each, in turns; the last must bring `proof`."""

    name: str
    double: Double
    appointment: Callable[[int, int], Iterator[Message]]
    proof: str

    async def round(self, messages: int, latency: float) -> float:
        """Messages answered a second."""
        await self.double.latency(latency)
        said = list(self.appointment(messages // 10, 10))
        speed = await self.double.answered_per_second(said)
        newest = await self.double.newest(said[-1][0])
        assert self.proof in newest, f"{self.name} answered {newest!r}"
        return speed


@asynccontextmanager
async def contestants(folder: Path) -> AsyncIterator[Sequence[Contestant]]:
    async with AsyncExitStack() as stack:
        ours, course = await stack.enter_async_context(_service(folder))
        default = await stack.enter_async_context(_echo())
        concurrent = await stack.enter_async_context(_echo("--concurrent"))
        yield (
            Contestant("our views: a list of courses", ours, _says("강좌"), "지금 접수하는 강좌예요"),
            Contestant("our views: a course card", ours, _says("강좌 7호"), "지금 신청할 수 있어요"),
            Contestant("our acts: whole registrations", ours, _registrations(course), "신청이 접수되었습니다"),
            Contestant("bare echo, as it comes", default, _says("강좌"), "강좌"),
            Contestant("bare echo, concurrent_updates", concurrent, _says("강좌"), "강좌"),
        )


def _says(words: str) -> Callable[[int, int], Iterator[Message]]:
    def appointment(chats: int, each: int) -> Iterator[Message]:
        people = [next(_people) for _ in range(chats)]
        return ((who, words) for _ in range(each) for who in people)

    return appointment


def _registrations(course: int) -> Callable[[int, int], Iterator[Message]]:
    """Everybody types what the buttons say, so that a registration takes as many messages as an echo."""

    def appointment(chats: int, each: int) -> Iterator[Message]:
        assert each == len(JOURNEY)
        people = [next(_people) for _ in range(chats)]
        return ((who, words.format(course=course, who=who % 10_000)) for words in JOURNEY for who in people)

    return appointment


@asynccontextmanager
async def _service(folder: Path) -> AsyncIterator[tuple[Double, int]]:
    """The real process, polling, on an SQLite file; and a course that has a seat for everybody."""
    url = f"sqlite+aiosqlite:///{folder}/bench.db"
    course = await _seeded(url)
    async with double() as api:
        service = Service(folder, url, api)
        await service.start()
        try:
            yield api, course
        finally:
            await service.stop()


async def _seeded(url: str) -> int:
    database = await open_database(url, SEAL)
    await database.write(schema.upgrade)
    school = School(database)
    for number in range(1, COURSES):
        await school.opens(**open_now(), title=f"강좌 {number}호", term_limit=0)
    course = await school.opens(**open_now(), title="모두의 강좌", capacity=1_000_000)
    await database.close()
    return course


@asynccontextmanager
async def _echo(*how: str) -> AsyncIterator[Double]:
    async with double() as api:
        command = (sys.executable, "-m", "tests.bench.echo", "--token", api.token, "--api", api.url, *how)
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
        try:
            yield api
        finally:
            process.terminate()
            await process.wait()

"""Who is measured: our service with views and with acts, and bare echo bots that keep nothing."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from storage.engine import schema
from storage.engine.opening import open_database
from tests.bench.double import Double, Message, double
from tests.bench.processes import cpu_seconds
from tests.support.domain import SEAL, School
from tests.support.service.process import ROOT, Service
from tests.support.service.town import open_now

COURSES = 40
PTB, PTB_CONCURRENT, AIOGRAM = "bare PTB echo", "bare PTB echo, concurrent_updates", "bare aiogram echo"
LIST, CARD, REGISTRATION = "a list of courses", "a course's card", "whole registrations"
AIOGRAM_PYTHON = os.environ.get("AIOGRAM_PYTHON", f"{ROOT / '.venv-aiogram' / 'bin' / 'python'}")
JOURNEY = (
    "/start c{course}",
    *("신청하기", "텔레그램으로 계속", "동의하고 계속", "청구동", "홍길동"),
    *("1983", "010-{who:04}-0000", "이대로 신청하기"),
)

Talk = Callable[[int, int], Iterator[Message]]
_people = count(1001)


@dataclass(frozen=True)
class Round:
    a_second: float
    cpu_ms: float  # a message, in the contestant's process
    double_ms: float  # the same in the Bot API double, which bounds how fast anybody can be


@dataclass
class Contestant:
    """`talk(chats, each)`: what so many new chats say, so many messages each, in turns; the last must bring `proof`."""

    name: str
    double: Double
    pid: int
    talk: Talk
    proof: str

    async def round(self, messages: int, latency: float) -> Round:
        await self.double.latency(latency)
        said = list(self.talk(messages // len(JOURNEY), len(JOURNEY)))
        before = [cpu_seconds(pid) for pid in (self.pid, self.double.pid)]
        speed = await self.double.answered_per_second(said)
        spent = [cpu_seconds(pid) - was for pid, was in zip((self.pid, self.double.pid), before, strict=True)]
        newest = await self.double.newest(said[-1][0])
        assert self.proof in newest, f"{self.name} answered {newest!r}"
        return Round(speed, *(1000 * each / len(said) for each in spent))


@asynccontextmanager
async def contestants(folder: Path, is_long: bool) -> AsyncIterator[Sequence[Contestant]]:
    """Ours and the echoes; the one on aiogram only where its environment is."""
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(served(folder))
        found = [
            _of_ours(ours, LIST, says("강좌"), "지금 접수하는 강좌예요"),
            _of_ours(ours, CARD, says("강좌 7호"), "지금 신청할 수 있어요"),
            _of_ours(ours, REGISTRATION, registrations(ours.course), "신청이 접수되었습니다"),
        ]
        for name, command in _echoes(is_long).items():
            api, pid = await stack.enter_async_context(_echo(*command))
            found.append(Contestant(name, api, pid, says("강좌"), "강좌"))
        yield found


def _echoes(is_long: bool) -> dict[str, Sequence[str]]:
    ptb = (sys.executable, "-m", "tests.bench.echo")
    echoes: dict[str, Sequence[str]] = {PTB: ptb}
    if Path(AIOGRAM_PYTHON).exists():
        echoes[AIOGRAM] = (AIOGRAM_PYTHON, f"{Path(__file__).with_name('echo_aiogram.py')}")
    if is_long:  # it loses messages to its own timeouts where the machine has else to do
        echoes[PTB_CONCURRENT] = (*ptb, "--concurrent")
    return echoes


def _of_ours(ours: "Served", name: str, talk: Talk, proof: str) -> Contestant:
    return Contestant(name, ours.double, ours.pid, talk, proof)


def says(words: str) -> Talk:
    def talk(chats: int, each: int) -> Iterator[Message]:
        people = [next(_people) for _ in range(chats)]
        return ((who, words) for _ in range(each) for who in people)

    return talk


def registrations(course: int) -> Talk:
    """Everybody types what the buttons say, so that a registration takes as many messages as an echo."""

    def talk(chats: int, each: int) -> Iterator[Message]:
        assert each == len(JOURNEY)
        people = [next(_people) for _ in range(chats)]
        return ((who, words.format(course=course, who=who % 10_000)) for words in JOURNEY for who in people)

    return talk


@dataclass(frozen=True)
class Served:
    double: Double
    url: str
    pid: int
    course: int  # which has a seat for everybody


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[Served]:
    """The real process, polling, on an SQLite file."""
    url = f"sqlite+aiosqlite:///{folder}/bench.db"
    course = await seeded(url)
    async with double() as api:
        service = Service(folder, url, api)
        await service.start()
        try:
            yield Served(api, service.url, service.pid, course)
        finally:
            await service.stop()


async def seeded(url: str) -> int:
    database = await open_database(url, SEAL)
    await database.write(schema.upgrade)
    school = School(database)
    for number in range(1, COURSES):
        await school.opens(**open_now(), title=f"강좌 {number}호", term_limit=0)
    course = await school.opens(**open_now(), title="모두의 강좌", capacity=1_000_000)
    await database.close()
    return course


@asynccontextmanager
async def _echo(*command: str) -> AsyncIterator[tuple[Double, int]]:
    async with double() as api:
        given = ("--token", api.token, "--api", api.url)
        process = await asyncio.create_subprocess_exec(*command, *given, cwd=ROOT)
        try:
            yield api, process.pid
        finally:
            process.kill()  # asked to end, it would tell at length that nobody answers it any more
            await process.wait()

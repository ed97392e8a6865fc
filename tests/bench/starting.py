"""From the start of the process until /healthz says 200, and the memory of a service that nobody writes to."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

from tests.bench.double import double
from tests.bench.figures import Figure, Size
from tests.bench.processes import Memory, cpu_seconds, memory
from tests.support.service.process import Service

ROUNDS: dict[Size, int] = {"quick": 2, "usual": 5, "long": 9}
IDLE = 4.0  # seconds; what is read in the background after the start is read by then
Start = tuple[float, float, Memory]


async def measure(folder: Path, size: Size) -> AsyncIterator[Figure]:
    async with double() as api, aiohttp.ClientSession() as session:
        service = Service(folder, f"sqlite+aiosqlite:///{folder}/start.db", api)
        first, *starts = [await _start(service, session) for _ in range(1 + ROUNDS[size])]
    yield Figure("the first start: the database is made", (first[0],), "s", remark=f"CPU {first[1]:.2f} s")
    yield Figure("start to ready, wall", tuple(each[0] for each in starts), "s", at_most=1.5)
    yield Figure("start to ready, CPU", tuple(each[1] for each in starts), "s", at_most=1.5)
    yield Figure("idle memory, RSS", tuple(each[2].rss for each in starts), "MB", at_most=90)
    yield Figure("idle memory, PSS", tuple(each[2].pss for each in starts), "MB", at_most=90)


async def _start(service: Service, session: aiohttp.ClientSession) -> Start:
    began = time.perf_counter()
    await service.launch()
    while not await _is_well(service, session):
        assert service.is_running, service.logs
        await asyncio.sleep(0.005)
    took, spent = time.perf_counter() - began, cpu_seconds(service.pid)
    await asyncio.sleep(IDLE)
    held = memory(service.pid)
    await service.stop()
    return took, spent, held


async def _is_well(service: Service, session: aiohttp.ClientSession) -> bool:
    try:
        async with session.get(f"{service.url}/healthz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False

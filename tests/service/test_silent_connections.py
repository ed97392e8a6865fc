"""Connections that say nothing, or half of something, in numbers above the limit of descriptors."""

import asyncio
import contextlib
import resource

import aiohttp
import pytest

from tests.support.service.town import Town
from tests.support.waiting import until

DESCRIPTORS = 256
CROWD = 400
HALVES = [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST /say HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nt"]


@pytest.fixture
async def town(fresh_town: Town) -> Town:
    """The service as it is started with few descriptors, and no more to be had."""
    fresh_town.service.is_forked = False  # so that it is told its limit long before it serves
    await fresh_town.service.launch()
    process = fresh_town.service._process
    assert process
    resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
    await until_well(fresh_town)
    return fresh_town


async def until_well(town: Town) -> None:
    async def is_well() -> bool:
        return await health(town) == 200

    await until(is_well)


async def health(town: Town) -> int:
    within = aiohttp.ClientTimeout(30)
    with contextlib.suppress(aiohttp.ClientError, TimeoutError):
        async with (
            aiohttp.ClientSession(timeout=within) as session,
            session.get(f"{town.service.url}/healthz") as answer,
        ):
            return answer.status
    return 0


async def test_silent_ones_make_way_and_everybody_else_is_answered(town: Town) -> None:
    port, silent = int(town.service.url.rpartition(":")[2]), []
    for number in range(CROWD):
        with contextlib.suppress(OSError):
            silent.append(await asyncio.open_connection("127.0.0.1", port))
            silent[-1][1].write(HALVES[number % len(HALVES)])
    assert [await health(town) for _ in range(3)] == [200] * 3
    assert "안녕하세요" in (await town.resident().asks("/start")).text
    assert len(town.service.logs) < 20_000
    for _, writer in silent:
        writer.close()

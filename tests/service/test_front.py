"""What stands before several processes: whoever is away is passed over, and only what acts once is asked for again."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.support.service import front
from tests.support.service.process import free_port

KEYED = ("/say", "/telegram", "/kakao/skill")
FRONTS = {"relay": lambda services, port, folder: front.relay(services, port)}
if shutil.which("nginx"):
    FRONTS["nginx"] = front.nginx


class Process:
    """A process that answers, or hears what is asked and dies before it has answered."""

    def __init__(self, dies: bool) -> None:
        self.heard: list[str] = []
        self.url = ""
        self._dies = dies

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Process"]:
        async with await asyncio.start_server(self._answer, "127.0.0.1", 0) as server:
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            yield self

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heard.append(" ".join(head.split()[:2]))
        if not self._dies:
            told = "\n".join(line for line in head.splitlines() if line.lower().startswith("x-forwarded-for"))
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(told)}\r\nConnection: close\r\n\r\n{told}".encode())
        writer.close()


@pytest.fixture(params=sorted(FRONTS))
async def served_front(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[str, Process, Process]]:
    """The address before one process that answers, one that dies while it is asked, and one that isn't there."""
    port, dying, living = free_port(), Process(dies=True), Process(dies=False)
    async with AsyncExitStack() as stack:
        for process in (dying, living):
            await stack.enter_async_context(process.serving())
        services = [f"http://127.0.0.1:{free_port()}", dying.url, living.url]
        await stack.enter_async_context(FRONTS[request.param](services, port, tmp_path))
        yield f"http://127.0.0.1:{port}", dying, living


async def asked(url: str, method: str, path: str) -> tuple[int, str]:
    headers = {"X-Forwarded-For": "10.9.9.9"}
    async with aiohttp.ClientSession(headers=headers) as session, session.request(method, f"{url}{path}") as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize("path", KEYED)
async def test_what_is_said_is_asked_for_again_at_another_process(served_front, path):
    url, _, living = served_front
    answers = [await asked(url, "POST", path) for _ in range(6)]
    assert {status for status, _ in answers} == {200}
    assert living.heard == [f"POST {path}"] * 6


async def test_what_an_officer_does_is_not_done_again_elsewhere(served_front):
    url, dying, living = served_front
    answers = [await asked(url, "POST", f"/desk/{number}") for number in range(6)]
    assert len(dying.heard) + len(living.heard) == 6
    assert [status for status, _ in answers].count(502) == len(dying.heard)


async def test_who_asks_is_told_by_the_front_and_not_by_themselves(served_front):
    url, _, _ = served_front
    status, told = await asked(url, "GET", "/")
    assert (status, told.partition(": ")[2]) == (200, "127.0.0.1")

"""Too many at once: one who never stops, thousands of sessions, and connections that say half of something."""

import asyncio
import contextlib
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import aiohttp

from tests.soak.city import PATIENCE, City
from tests.soak.residents import Residents

FLOOD = 1000
A_DAY = 520  # messages that one may say in a day, and what is told of it
UNAFFECTED = 8.0  # times as long as in calm may the others' answers take: a machine of two cores does all of it
HALVES = (
    b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\n",
    b"POST /say HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nt",
    b"POST /kakao/skill HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    b"GET /events HTTP/1.1\r\nHost: x\r\n\r\n",
)  # fmt: skip
FIELD = re.compile(r'name="(token|key|start|language)" value="([^"]*)"')
AT_ONCE = 60


async def flood(city: City, residents: Residents, count: int = FLOOD) -> None:
    """Somebody says a thousand things in a second; those who only ask wait for their answers as before."""
    calm_since = time.time() - 15
    someone = city.town.resident()
    city.flooding.add(someone.id)
    began = time.time()
    for _ in range(count):
        await someone.says("강좌")
    spoke = time.time() - began
    await _is_answered(city, someone.id)
    took = time.time() - began
    calm = [waited for said, waited in residents.took if calm_since < said < began]
    meanwhile = [waited for said, waited in residents.took if began <= said <= began + took]
    answered = _answers(city, someone.id)
    if calm and meanwhile:
        ratio = median(meanwhile) / median(calm)
        city.notes.append(
            f"flood: {count} messages said in {spoke:.1f} s, {answered} answered in {took:.0f} s; "
            f"the others waited {ratio:.1f} times as long ({median(calm):.2f} s before, {median(meanwhile):.2f} s)"
        )
        if ratio > UNAFFECTED:
            city.faults.append(f"others wait {ratio:.1f} times as long for one who never stops")
    if not answered or answered > A_DAY:
        city.faults.append(f"a flood: {answered} of {count} answered")
    city.counts["messages of a flood"] += count


def _answers(city: City, chat: int) -> int:
    return sum(bool(each.replies) for each in city.api.ledger.entries.values() if each.chat.id == chat)


async def _is_answered(city: City, chat: int) -> None:
    """Returns when nothing of them is owed in the inbox any more, or more was answered than is allowed."""
    until = time.monotonic() + 3 * PATIENCE
    while time.monotonic() < until:
        is_over = not city.api.updates.pending and not await city.town.unsettled()
        if is_over or _answers(city, chat) > A_DAY:
            return
        await asyncio.sleep(0.3)


async def sessions(city: City, count: int) -> None:
    """So many browsers, each with its own cookie, say one thing and have one answer."""
    turn, began, wrong = asyncio.Semaphore(AT_ONCE), time.time(), []

    async def comes(number: int, session: aiohttp.ClientSession, url: str) -> None:
        async with turn:
            problem = await _says(session, url)
            if problem:
                wrong.append(problem)

    async with contextlib.AsyncExitStack() as stack:
        tasks = []
        for block in range(0, count, 100):
            here = f"127.{40 + block // 20_000}.{1 + block // 100 % 200}.7"
            connector = aiohttp.TCPConnector(limit=10, local_addr=(here, 0), force_close=False)
            within = aiohttp.ClientTimeout(120)
            jar = aiohttp.DummyCookieJar()
            session = await stack.enter_async_context(
                aiohttp.ClientSession(connector=connector, timeout=within, cookie_jar=jar)
            )
            url = city.services[block // 100 % len(city.services)].url
            tasks += [comes(block + each, session, url) for each in range(min(100, count - block))]
        await asyncio.gather(*tasks)
    if wrong:
        city.faults.append(f"{len(wrong)} of {count} sessions without their answer, the first: {wrong[0]}")
    city.notes.append(f"sessions: {count} in {time.time() - began:.0f} s")
    city.counts["web sessions"] += count


async def _says(session: aiohttp.ClientSession, url: str) -> str:
    """What went wrong with a visit; "" is nothing."""
    async with session.get(url) as page:
        fields = dict(FIELD.findall(await page.text()))
        cookie = "; ".join(f"{name}={each.value}" for name, each in page.cookies.items())
    headers = {"Cookie": cookie, "Accept": "application/json"}
    async with session.post(f"{url}/say", data={**fields, "text": "도움말"}, headers=headers) as answer:
        said = await answer.text()
        return "" if answer.status == 200 and "html" in said else f"{answer.status} {said[:120]}"


async def half_connections(city: City, count: int, seconds: float) -> None:
    """Silent, half-said, half-closed, and dribbling a sign a second; who asks properly is answered meanwhile."""
    opened = []
    for number in range(count):
        port = int(city.services[number % len(city.services)].url.rpartition(":")[2])
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(HALVES[number % len(HALVES)])
            if number % 3 == 0:
                writer.write_eof()
            opened.append(writer)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for writer in opened[::3]:
            with contextlib.suppress(OSError, RuntimeError):
                writer.write(b"x")
        await asyncio.sleep(1)
    for writer in opened:
        writer.close()
    city.counts["half connections"] += count


@contextlib.contextmanager
def few_descriptors(city: City) -> Iterator[None]:
    """The processes can open next to nothing more."""
    before = {each.pid: resource.prlimit(each.pid, resource.RLIMIT_NOFILE) for each in city.services}
    for pid, (_, hard) in before.items():
        used = len(list(_descriptors(pid)))
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (used + 2, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_NOFILE, limits)


def _descriptors(pid: int) -> Iterator[int]:
    return (int(each.name) for each in Path(f"/proc/{pid}/fd").iterdir())

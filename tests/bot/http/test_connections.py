"""Which connections are ended, and which are left alone."""

import asyncio
import errno
import resource
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.http import connections, requests
from tests.support.web.site import served

MOST = 5
POST = b"POST /length HTTP/1.1\r\nHost: x\r\n"


async def length(request: Request) -> Response:
    try:
        return PlainTextResponse(str(len(await requests.body(request, 1000))))
    except requests.TooLarge:
        return PlainTextResponse("too large", 413)


async def slowly(_: Request) -> Response:
    async def drops() -> AsyncIterator[str]:
        for _ in range(4):
            await asyncio.sleep(connections.PATIENCE / 2)
            yield "."

    return StreamingResponse(drops())


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """Of a server whose patience is short."""
    monkeypatch.setattr(connections, "PATIENCE", 0.2)
    monkeypatch.setattr(connections, "LINGER", 0.1)
    async with served([Route("/length", length, methods=["POST"]), Route("/slowly", slowly)], MOST) as url:
        yield int(url.rpartition(":")[2])


async def connects(port: int, said: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(said)
    return reader, writer


async def heard(reader: asyncio.StreamReader) -> bytes:
    """All that comes until the connection ends."""
    try:
        async with asyncio.timeout(60):
            return await reader.read()
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize(
    "said",
    [b"", b"P", POST, POST + b"Content-Length: 9\r\n\r\nhalf", POST + b"Transfer-Encoding: chunked\r\n\r\n4\r\nha"],
    ids=["nothing", "a letter", "half a head", "half a body", "half a chunk"],
)
async def test_who_says_nothing_or_half_of_something_is_hung_up_on(port: int, said: bytes) -> None:
    reader, writer = await connects(port, said)
    assert await heard(reader) == b""
    writer.close()


PATIENCES = (0.2, 2.0, 20.0)  # the next where this machine was too slow to say or to read it in time


async def test_who_goes_on_saying_half_of_something_is_hung_up_on(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    for patience in PATIENCES:
        monkeypatch.setattr(connections, "PATIENCE", patience)
        reader, writer = await connects(port, POST + b"Content-Length: 2\r\n\r\n1")
        writer.write(b"2" + POST)
        answers.append(await heard(reader))
        writer.close()
        if answers[-1]:
            break
    assert answers[-1].endswith(b"2")


async def test_who_is_being_answered_is_not_hung_up_on(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """For twice as long as somebody may be silent."""
    drops = 0
    for patience in PATIENCES:
        monkeypatch.setattr(connections, "PATIENCE", patience)
        reader, writer = await connects(port, b"GET /slowly HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        drops = (await heard(reader)).count(b"\r\n.\r\n")
        writer.close()
        if drops == 4:
            break
    assert drops == 4


@pytest.mark.parametrize("chunk", [1, 100, 65536])
async def test_nothing_is_read_beyond_the_limit_of_a_body_in_chunks(
    port: int, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 60)
    reader, writer = await connects(port, POST + b"Transfer-Encoding: chunked\r\n\r\n")
    piece, sent = b"%x\r\n%s\r\n" % (chunk, b"x" * chunk), 0
    while sent < 50_000_000 and not writer.transport.is_closing():
        writer.write(piece * (65536 // chunk))
        sent += len(piece) * (65536 // chunk)
        try:
            async with asyncio.timeout(0.5):
                await writer.drain()
        except (TimeoutError, ConnectionError):
            break
    assert sent < 50_000_000
    try:
        async with asyncio.timeout(60):
            assert b" 413 " in await reader.readline()
    except ConnectionError:
        pass  # hung up on while we still sent
    finally:
        writer.transport.abort()


async def test_the_silent_make_way_for_who_speaks(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 60)
    silent = [await connects(port, b"") for _ in range(MOST * 3)]
    async with httpx.AsyncClient() as http:
        assert (await http.post(f"http://127.0.0.1:{port}/length", content=b"12")).text == "2"
    assert sum(reader.at_eof() or reader.exception() is not None for reader, _ in silent) >= MOST * 2
    for _, writer in silent:
        writer.close()


@pytest.mark.parametrize(
    ("soft", "hard", "raised", "room"),
    [(1024, 4096, 4096, 3840), (256, 256, 256, 128), (1024, 10**6, 10_256, 10_000), (10**6, 10**6, 10**6, 10_000)],
)
def test_the_limit_is_raised_and_room_is_left_for_files(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, raised: int, room: int
) -> None:
    limits = [(soft, hard)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, these: limits.append(these))
    assert connections.make_room() == room
    assert limits[-1] == (raised, hard)


def test_a_lack_of_descriptors_is_told_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    lacks, loop = connections.Lacks(), asyncio.new_event_loop()
    for _ in range(500):
        lacks(
            loop, {"message": "socket.accept() out of system resource", "exception": OSError(errno.EMFILE, "too many")}
        )
    loop.close()
    assert len(caplog.records) == 1
